using Weir.Diagnostics.Tests.Stage;
using Weir.Worker;

namespace Weir.Diagnostics.Tests;

/// <summary>On RabbitMQ and PostgreSQL.</summary>
public sealed class BrokerFleetTests(PostgresScope scope) : FleetScenarios, IClassFixture<PostgresScope>
{
    private protected override Task<ApiHost> StartAsync() => ApiHost.StartAsync(scope.Database, scope.Broker, registry: true, orchestrator: true);

    private protected override IWeirWorkerBuilder Join(IWeirWorkerBuilder worker, ApiHost api) => worker.UseRabbitMq(scope.Broker.Amqp.ToString());
}
