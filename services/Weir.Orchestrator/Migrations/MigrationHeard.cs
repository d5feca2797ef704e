using Weir.Core.Sagas;

namespace Weir.Orchestrator.Migrations;

/// <summary>A worker said something about a stream that a migration carries. Sent by this service to itself, with the answer's transaction.</summary>
internal sealed record MigrationHeard(Guid MigrationId, MigrationEventKind Kind, long Incarnation, long Epoch);
