using MassTransit;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Planning;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Orchestrator.Writing;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Requests;

/// <summary>Ends the quarantine of streams that a person lets run again, in the message's transaction. One a scope.</summary>
internal sealed class QuarantineDesk(AssignmentLocks locks, RowChanges changes, IPublishEndpoint publish, ILogger<QuarantineDesk> logger)
{
    internal async Task EndAsync(string pool, IReadOnlyList<string>? streams, CancellationToken cancel)
    {
        // A name that is none, and a stream of another pool, has no row to end anything in.
        var ids = new HashSet<StreamId>();
        foreach (var stream in streams ?? [])
            if (StreamId.TryParse(stream, out var id))
                ids.Add(id);

        foreach (var row in await locks.TakeAsync(ids, cancel))
            if (row.Pool == pool && Holds.TryEndQuarantine(row.ToRow(), out var lifted))
                changes.Add(row, lifted, default);
        var ended = await changes.SaveAsync(version: null, cancel);
        if (ended.Count == 0) return;
        OrchestratorLog.QuarantineEnded(logger, pool, ended.Count, ended[0].After.Stream.Value);
        await publish.Publish(new PoolChanged(pool), cancel);
    }
}
