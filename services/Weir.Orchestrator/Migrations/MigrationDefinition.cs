using MassTransit;
using Weir.Bus.Endpoints;
using Weir.Outbox;
using Weir.Persistence;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Migrations;

/// <summary>The saga's endpoint: of two events that meet on one migration, one runs again.</summary>
internal sealed class MigrationDefinition() : WeirSagaDefinition<StoredMigration>(MigrationPolicy.Endpoint)
{
    protected override void ConfigureInside(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.UseConflictRetry();
        endpoint.UseEntityFrameworkOutbox<WeirDbContext>(context);
    }
}
