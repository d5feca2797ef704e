using Microsoft.EntityFrameworkCore;
using Weir.Bus.Sending;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Orchestrator.Writing;
using Weir.Persistence;
using Weir.Persistence.Stores;
using Listed = Weir.Contracts.Ownership.Assignments;

namespace Weir.Orchestrator.Answers;

/// <summary>Answers a life of a worker with what the table grants it, in numbered parts; one empty part when that is nothing. One a scope.</summary>
internal sealed class AssignmentList(WeirDbContext db, LeaseStore leases, CommandSender commands, WorkerCommands workers)
{
    internal async Task AnswerAsync(Incarnation incarnation, long question, CancellationToken cancel)
    {
        // A life that is unknown has no queue to answer to; it will be told to register.
        if (await leases.FindAsync([incarnation], cancel) is not [var lease]) return;

        var rows = await db.Assignments.AsNoTracking()
            .Where(row => row.Incarnation == incarnation && (row.State == AssignmentState.Starting || row.State == AssignmentState.Owned))
            .OrderBy(row => row.Stream)
            .ToListAsync(cancel);
        StreamCommand[] granted = [.. rows.Select(row => StreamCommand.Start(row.ToRow()))];
        var grants = await commands.GrantsAsync(granted, cancel);
        var parts = CommandSender.Cut(granted.Where(one => grants.ContainsKey(one.Stream)).Select(one => grants[one.Stream])).ToList();
        if (parts.Count == 0) parts.Add([]);
        for (var part = 1; part <= parts.Count; part++)
            await workers.SendAsync(
                CommandSender.QueueOf(lease.Worker, lease.Process), new Listed(lease.Worker.Value, incarnation.Value, question, part, parts.Count, parts[part - 1]), cancel);
    }
}
