using Weir.Core.Sagas;

namespace Weir.Orchestrator.Migrations;

/// <summary>Where the core lets a migration go; rides with the event until the state machine is there.</summary>
internal sealed record DecidedMigration(MigrationState To);
