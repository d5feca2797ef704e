using MassTransit;
using Microsoft.Extensions.Logging;
using Weir.Bus.Facts;
using Weir.Bus.Names;
using Weir.Contracts;

namespace Weir.Bus.Sending;

/// <summary>Where this process may send, and how long it waits.</summary>
internal sealed class SendRules(TimeSpan timeout, WorkerIdentity? worker, TimeProvider clock, ILogger<SendRules> logger)
{
    internal TimeSpan Timeout => timeout;

    internal TimeProvider Clock => clock;

    internal ILogger Logger => logger;

    /// <summary>
    /// <c>queue:</c> addresses declare the queue anew with other arguments, which the broker refuses and the transport
    /// retries for ever. A worker has rights on its own exchange alone: anything else would hang and cost its channel.
    /// </summary>
    internal void CheckAddress(in RabbitMqEndpointAddress to)
    {
        if (to.BindToQueue)
            throw new AddressRefusedException($"'{to.Name}' was addressed as a queue: use exchange:{to.Name}, which declares nothing that differs");
        if (worker is not null && to.Name != BrokerNames.WorkerOut(worker.WorkerId))
            throw new AddressRefusedException($"Worker {worker.WorkerId} may send to {BrokerNames.WorkerOut(worker.WorkerId)} alone, not to '{to.Name}'");
    }

    internal void CheckPublish(Type message)
    {
        if (worker is not null)
            throw new AddressRefusedException($"Worker {worker.WorkerId} may not publish; {message.Name} goes through {nameof(WorkerOut)}");
        if (FactTypes.KindOf(message) is { } kind and not (MessageKind.Fact or MessageKind.WakeUp))
            throw new AddressRefusedException($"{message.Name} is a {kind}: send it to its queue, nobody hears it published");
    }
}
