using MassTransit;

namespace Weir.Bus.Endpoints;

/// <summary>A saga's endpoint with its declared policy.</summary>
/// <typeparam name="TSaga">The saga's state.</typeparam>
public abstract class WeirSagaDefinition<TSaga> : SagaDefinition<TSaga>
    where TSaga : class, ISaga
{
    private readonly EndpointPolicy _policy;

    /// <param name="policy">All that is decided about the endpoint.</param>
    protected WeirSagaDefinition(EndpointPolicy policy)
    {
        _policy = policy;
        EndpointName = policy.Queue;
    }

    /// <summary>What stands inside the retry, such as the inbox and outbox.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="context">Where services come from.</param>
    protected virtual void ConfigureInside(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
    }

    /// <inheritdoc/>
    protected sealed override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<TSaga> sagaConfigurator, IRegistrationContext context)
    {
        if (EndpointSetup.Of(context).Apply(endpointConfigurator, _policy))
            ConfigureInside(endpointConfigurator, context);
    }
}
