using MassTransit;

namespace Weir.Bus.Endpoints;

/// <summary>A consumer's endpoint with its declared policy. Consumers that share a queue give the same policy.</summary>
/// <typeparam name="TConsumer">The consumer.</typeparam>
public abstract class WeirConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private readonly EndpointPolicy _policy;

    /// <param name="policy">All that is decided about the endpoint.</param>
    protected WeirConsumerDefinition(EndpointPolicy policy)
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
    protected sealed override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        if (EndpointSetup.Of(context).Apply(endpointConfigurator, _policy))
            ConfigureInside(endpointConfigurator, context);
    }
}
