using MassTransit;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Planning;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Requests;

/// <summary>
/// Keeps a request for a plan, in the message's transaction: whichever replica plans the pool next answers it, also when the one that
/// took it dies before. One a scope.
/// </summary>
internal sealed class RebalanceDesk(RebalanceStore rebalances, IPublishEndpoint publish, ILogger<RebalanceDesk> logger)
{
    internal async Task AskAsync(RequestRebalance asked, CancellationToken cancel)
    {
        var (pool, key) = (asked.Pool ?? "", asked.Key ?? "");
        var widest = RebalanceStore.Widest;
        if (pool.Length is 0 || pool.Length > widest.Pool || key.Length > widest.Key)
        {
            OrchestratorLog.RebalanceRefused(logger, pool.Length, widest.Pool, key.Length, widest.Key);
            return;
        }

        // What is there already is woken for again: the earlier wake-up may be lost.
        if (!await rebalances.AskAsync(pool, key, cancel)) OrchestratorLog.RebalanceNotKept(logger, key, pool, RebalanceStore.WaitingMax);
        await publish.Publish(new PoolChanged(pool), cancel);
    }
}
