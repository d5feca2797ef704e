using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Bus.Sending;
using Weir.Contracts.Leases;
using Weir.Core.Leases;

namespace Weir.Registry.Beats;

/// <summary>Sends a canary back to the replica that sent it, the way that answers to beats go.</summary>
internal sealed class CanaryEcho(IBeatBus bus, WorkerRoute route, ILogger<CanaryEcho> logger)
{
    private readonly WorkerCommands _answers = new(bus, route);

    internal async Task SendAsync(string replica, long number, CancellationToken cancel)
    {
        try
        {
            await _answers.SendLapsingAsync(CanaryName.Queue(replica), new LeaseRenewed(replica, 0, number, 0), LeaseTimes.CanaryEvery, cancel);
        }
        catch (SendTimedOutException late)
        {
            RegistryLog.AnswerLost(logger, replica, late.Message);
        }
    }
}
