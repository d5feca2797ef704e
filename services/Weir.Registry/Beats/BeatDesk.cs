using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Registry.Beats;

/// <summary>Renews a batch of beats in one statement on connections of their own; whoever counts is answered after the commit.</summary>
internal sealed class BeatDesk(DatabaseResilience database, PoolFigures figures, BeatChanges changes, BeatAnswers answers, RegistryMetrics metrics)
{
    private static readonly DatabaseCall Call = new("leases.renew") { Lane = DatabaseLane.Beats };

    internal async Task TakeAsync(IReadOnlyList<HeardBeat> beats, CancellationToken cancel)
    {
        var times = await figures.LeaseTimesAsync(cancel);
        var outcome = await database.RunAsync(Call, (unit, token) => RenewAsync(unit, beats, times, token), cancel);
        metrics.Batch(beats.Count, outcome.Renewed.Count);
        await answers.SendAsync(outcome, times, cancel);
    }

    private async Task<BeatOutcome> RenewAsync(UnitOfWork unit, IReadOnlyList<HeardBeat> beats, IReadOnlyDictionary<string, LeaseTimes> times, CancellationToken cancel)
    {
        var leases = unit.Services.GetRequiredService<LeaseStore>();
        var renewed = await leases.RenewAsync([.. beats.Select(beat => beat.Reading)], cancel);
        var latest = Latest(beats);
        await changes.WriteAsync(unit, renewed, latest, times, cancel);
        foreach (var counted in renewed) latest.Remove(counted.Incarnation);
        return latest.Count == 0 ? new BeatOutcome(renewed, [], []) : await JudgeAsync(unit, leases, renewed, latest, cancel);
    }

    // Why the others did not count: the core says, of the rows as they are now.
    private static async Task<BeatOutcome> JudgeAsync(
        UnitOfWork unit, LeaseStore leases, IReadOnlyList<RenewedLease> renewed, Dictionary<Incarnation, HeardBeat> others, CancellationToken cancel)
    {
        var rows = (await leases.FindAsync(others.Keys, cancel)).ToDictionary(row => row.Incarnation);
        var newest = (await unit.Services.GetRequiredService<WorkerStore>().FindAsync([.. rows.Values.Select(row => row.Worker).Distinct()], cancel)).ToDictionary(row => row.Worker, row => row.Process);
        var refused = new List<(LeaseRow, long, RenewOutcome)>();
        var unknown = new List<HeardBeat>();
        foreach (var (incarnation, heard) in others)
        {
            var beat = heard.Reading.Beat;
            var outcome = rows.TryGetValue(incarnation, out var row) ? Renewal.Decide(row, newest.GetValueOrDefault(row.Worker, row.Process), beat, out _) : RenewOutcome.Unknown;
            if (outcome == RenewOutcome.Unknown) unknown.Add(heard);
            else if (outcome is not (RenewOutcome.Stale or RenewOutcome.Renewed)) refused.Add((row, beat.Sequence, outcome));
        }

        return new BeatOutcome(renewed, refused, unknown);
    }

    private static Dictionary<Incarnation, HeardBeat> Latest(IReadOnlyList<HeardBeat> beats)
    {
        var latest = new Dictionary<Incarnation, HeardBeat>(beats.Count);
        foreach (var beat in beats)
            if (!latest.TryGetValue(beat.Reading.Beat.Incarnation, out var other) || other.Reading.Beat.Sequence < beat.Reading.Beat.Sequence)
                latest[beat.Reading.Beat.Incarnation] = beat;
        return latest;
    }
}
