using MassTransit;
using Microsoft.Extensions.Logging;
using Weir.Bus.Sending;
using Weir.Contracts.Leases;
using Weir.Persistence.Stores;

namespace Weir.Registry.Beats;

/// <summary>Puts every fourth renewal's mark into the worker's command queue, so that one that beats but reads no commands is found.</summary>
internal sealed class MarkSender(IBus bus, WorkerRoute route, ILogger<MarkSender> logger) : CommandQueueSender<CommandMark>(bus, route, logger)
{
    internal void Offer(in RenewedLease lease) =>
        Enqueue(lease.Worker.Value, lease.Process, new CommandMark(lease.Worker.Value, lease.Incarnation.Value, lease.MarkSent));
}
