namespace Weir.Orchestrator.Migrations;

/// <summary>A migration's deadline has passed, or a lease of its changed: look again. Sent by this service to itself; a lost one is sent again.</summary>
internal sealed record MigrationDue(Guid MigrationId);
