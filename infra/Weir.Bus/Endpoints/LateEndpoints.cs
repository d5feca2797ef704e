using MassTransit;

namespace Weir.Bus.Endpoints;

/// <summary>Endpoints that are added while the bus runs: a worker's own queues, which may have to be made anew.</summary>
public static class LateEndpoints
{
    /// <summary>Adds an endpoint with its declared policy to a bus that runs, or that is about to.</summary>
    /// <param name="bus">The bus's connector: <see cref="IBus"/>, or <see cref="IBeatBus"/> for the second connection.</param>
    /// <param name="policy">All that is decided about the endpoint.</param>
    /// <param name="setup">The services of the bus's host.</param>
    /// <param name="configure">Adds the handlers.</param>
    /// <returns>The running endpoint; stopping it takes it off the bus again.</returns>
    public static HostReceiveEndpointHandle ConnectWeirEndpoint(
        this IReceiveConnector bus, EndpointPolicy policy, IServiceProvider setup, Action<IReceiveEndpointConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(policy);
        var parts = (EndpointSetup)setup.GetService(typeof(EndpointSetup))!;
        return bus.ConnectReceiveEndpoint(policy.Queue, endpoint =>
        {
            parts.Apply(endpoint, policy);
            configure(endpoint);
        });
    }
}
