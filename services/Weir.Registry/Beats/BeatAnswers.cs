using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Contracts.Leases;
using Weir.Core.Leases;
using Weir.Persistence.Stores;

namespace Weir.Registry.Beats;

/// <summary>Answers a batch after its commit, unconfirmed and on the beats' own connection: a lost answer costs half a period, for the worker beats again.</summary>
internal sealed class BeatAnswers(IBeatBus bus, WorkerRoute route, MarkSender marks, AgainSender again, ILogger<BeatAnswers> logger)
{
    private readonly WorkerCommands _answers = new(bus, route);

    internal async Task SendAsync(BeatOutcome outcome, IReadOnlyDictionary<string, LeaseTimes> times, CancellationToken cancel)
    {
        try
        {
            // Nobody waits for a confirm, so a batch's answers go out side by side; the batch is their bound.
            await Task.WhenAll(outcome.Renewed.Select(lease => RenewedAsync(lease, times, cancel)).Concat(outcome.Refused.Select(one => RefusedAsync(one.Row, one.Sequence, one.Why, cancel))));
        }
        catch (SendTimedOutException late)
        {
            // The broker is not there, and these answers would come too late.
            RegistryLog.AnswerLost(logger, $"{outcome.Renewed.Count + outcome.Refused.Count} workers", late.Message);
        }

        foreach (var lease in outcome.Renewed)
            if (lease.MarkSent == lease.Sequence) marks.Offer(lease);
        foreach (var heard in outcome.Unknown) again.Offer(heard);
    }

    private Task RenewedAsync(in RenewedLease lease, IReadOnlyDictionary<string, LeaseTimes> times, CancellationToken cancel)
    {
        var own = times.GetValueOrDefault(lease.Pool ?? "", LeaseTimes.Fast);
        var renewed = new LeaseRenewed(lease.Worker.Value, lease.Incarnation.Value, lease.Sequence, (int)own.Beat.TotalMilliseconds);
        return _answers.SendLapsingAsync(BrokerNames.WorkerBeatQueue(lease.Worker.Value, lease.Process), renewed, own.Ttl, cancel);
    }

    private Task RefusedAsync(in LeaseRow row, long sequence, RenewOutcome why, CancellationToken cancel) => _answers.SendLapsingAsync(
        BrokerNames.WorkerBeatQueue(row.Worker.Value, row.Process), new LeaseRefused(row.Worker.Value, row.Incarnation.Value, sequence, Reason(why)), LeaseTimes.Fast.Ttl, cancel);

    private static LeaseRefusal Reason(RenewOutcome why) => why switch
    {
        RenewOutcome.Superseded => LeaseRefusal.Superseded,
        RenewOutcome.CommandsUnread => LeaseRefusal.CommandsUnread,
        _ => LeaseRefusal.Fenced,
    };
}
