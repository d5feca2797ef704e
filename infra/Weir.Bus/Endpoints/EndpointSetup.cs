using System.Runtime.CompilerServices;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Bus.Incoming;
using Weir.Bus.Parking;
using Weir.Bus.Retry;
using Weir.Bus.Store;

namespace Weir.Bus.Endpoints;

/// <summary>
/// Makes an endpoint what its policy says, and knows which endpoints have one. From the outside in: limits, the error
/// queue, the store's gate, the ladder; the definition's own parts come inside of all that.
/// </summary>
internal sealed class EndpointSetup(StoreGate gate, ParkLog log)
{
    // Workers of one process connect endpoints at the same time and let them go again.
    private readonly ConditionalWeakTable<IReceiveEndpointConfigurator, EndpointPolicy> _declared = [];

    internal static EndpointSetup Of(IRegistrationContext context) => context.GetRequiredService<EndpointSetup>();

    internal bool IsDeclared(IReceiveEndpointConfigurator endpoint) => _declared.TryGetValue(endpoint, out _);

    /// <summary>Applies the policy; false where the same endpoint has it already, by another consumer on its queue.</summary>
    internal bool Apply(IReceiveEndpointConfigurator endpoint, EndpointPolicy policy)
    {
        if (_declared.TryGetValue(endpoint, out var earlier))
        {
            return earlier == policy
                ? false
                : throw new ConfigurationException($"Two consumers of {policy.Queue} declare different policies: give both the same");
        }

        policy.Check();
        _declared.Add(endpoint, policy);
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = policy is { Kind: QueueKind.Work, DropFailed: false };
        endpoint.PrefetchCount = policy.Prefetch;
        endpoint.ConcurrentMessageLimit = policy.Concurrency;
        endpoint.ThrowOnSkippedMessages();
        endpoint.ConfigureError(pipe => ParkFilter.AddTo(pipe, policy, log));
        // The transport's own way to the error queue lies inside of these: what they and unheard messages throw needs one as well.
        endpoint.ConfigureReceive(pipe =>
        {
            pipe.UseRescue(Pipe.New<ExceptionReceiveContext>(park => ParkFilter.AddTo(park, policy, log)), rescue => rescue.Ignore<OperationCanceledException>());
            pipe.UseFilter(new MessageLimitsFilter());
        });
        if (policy.Door is not null)
            endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        endpoint.UseFilter(new IncomingFilter(policy));
        endpoint.UseFilter(new StoreGateFilter(gate));
        endpoint.UseMessageRetry(retry => retry.SetRetryPolicy(_ => new LadderPolicy(policy.Retry, gate)));
        if (endpoint is IRabbitMqReceiveEndpointConfigurator onBroker)
            QueueShape.Apply(onBroker, policy);
        else if (endpoint is IInMemoryReceiveEndpointConfigurator inMemory)
            MemoryShape.Apply(inMemory, policy);
        return true;
    }
}
