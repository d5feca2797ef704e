using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Bus.Sending;
using Weir.Contracts.Holdings;
using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Writing;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Upkeep;

/// <summary>
/// Decides whose listing is to be compared with the table: each life that registered or listed in a new era, once, and each whose
/// digest went on differing over three beats, once it had time to answer. One a pool.
/// </summary>
internal sealed class Listings(Repairing repairing, DatabaseResilience database, TimeProvider clock, ILogger<Listings> logger)
{
    private const int DifferMax = 2;
    private static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    private readonly HashSet<(Incarnation, Epoch)> _checked = [];
    private readonly Dictionary<Incarnation, (ulong Digest, long Sequence, int Times)> _differ = [];
    private readonly Dictionary<Incarnation, long> _asked = [];
    private bool _hasBegun;
    private long? _comparedAt;

    /// <summary>Compare every listing once, also those of lives that were there before: the database lost history.</summary>
    internal void Begin() => _hasBegun = true;

    /// <summary>No life's digest differs, and none was asked to list what it holds.</summary>
    internal bool NothingWaits => _differ.Count == 0 && _asked.Count == 0;

    /// <returns>How many streams differed.</returns>
    internal async Task<int> RunAsync(PoolState state, CancellationToken cancel)
    {
        LeaseRow[] live = [.. state.Workers.Keys.Select(state.Newest).OfType<LeaseRow>().Where(lease => lease.State == LeaseState.Live)];

        // A replica that begins takes the fleet as it is: what it missed shows in the digests.
        if (!_hasBegun)
            foreach (var lease in live)
                _checked.Add((lease.Incarnation, state.Era.Began));
        _hasBegun = true;

        var differed = 0;
        foreach (var lease in live)
            if (lease.ListedIn == state.Era.Began && _checked.Add((lease.Incarnation, state.Era.Began)))
                differed += await repairing.RunAsync(state, lease, cancel);
        foreach (var (incarnation, at) in _asked.ToList())
        {
            if (clock.GetElapsedTime(at) < AnswerWithin) continue;
            _asked.Remove(incarnation);
            if (state.Lease(incarnation) is { State: LeaseState.Live } lease) differed += await repairing.RunAsync(state, lease, cancel);
        }

        if (_comparedAt is { } compared && clock.GetElapsedTime(compared) < CompareEvery) return differed;
        _comparedAt = clock.GetTimestamp();
        await CompareAsync(state, live, cancel);
        return differed;
    }

    /// <summary>What each life should run, where all its rows are settled; null where one is on its way.</summary>
    internal static Dictionary<Incarnation, HoldingsDigest?> Expected(PoolState state)
    {
        var expected = new Dictionary<Incarnation, HoldingsDigest?>();
        foreach (var stream in state.Streams)
        {
            if (!stream.HasRow || stream.Row.State == AssignmentState.Unowned) continue;
            var row = stream.Row;
            var before = expected.TryGetValue(row.Incarnation, out var found) ? found : default(HoldingsDigest);
            expected[row.Incarnation] = row.State == AssignmentState.Owned ? before?.Toggle(row.Stream, row.Epoch) : null;
        }

        return expected;
    }

    private async Task CompareAsync(PoolState state, LeaseRow[] live, CancellationToken cancel)
    {
        var expected = Expected(state);
        LeaseRow[] differing = [.. live.Where(lease => Wanted(lease) is { } digest && digest != lease.Digest)];
        foreach (var settled in _differ.Keys.Except(differing.Select(lease => lease.Incarnation)).ToList()) _differ.Remove(settled);
        if (differing.Length == 0) return;

        // A renewal alone is no change that the loop hears of; whose beats go on is read for those that differ.
        var now = await database.RunAsync(
            new DatabaseCall("leases.read") { ReadsOnly = true },
            (unit, token) => unit.Services.GetRequiredService<LeaseStore>().FindAsync([.. differing.Select(lease => lease.Incarnation)], token),
            cancel);
        foreach (var lease in now.Where(lease => lease.State == LeaseState.Live))
            if (HasDifferedForLong(lease, Wanted(lease)!.Value))
                await AskAsync(lease, state.Era.Began, cancel);

        ulong? Wanted(in LeaseRow lease) => expected.TryGetValue(lease.Incarnation, out var digest) ? digest?.Value : 0UL;
    }

    private bool HasDifferedForLong(in LeaseRow lease, ulong wanted)
    {
        if (wanted == lease.Digest || _asked.ContainsKey(lease.Incarnation)) return false;
        var before = _differ.GetValueOrDefault(lease.Incarnation);
        var times = before.Digest != wanted ? 0 : before.Sequence != lease.Sequence ? before.Times + 1 : before.Times;
        _differ[lease.Incarnation] = (wanted, lease.Sequence, times);
        return times >= DifferMax && _differ.Remove(lease.Incarnation);
    }

    private async Task AskAsync(LeaseRow lease, Epoch question, CancellationToken cancel)
    {
        OrchestratorLog.DigestDiffers(logger, lease.Worker.Value, lease.Incarnation.Value);
        _asked[lease.Incarnation] = clock.GetTimestamp();
        await database.RunAsync(
            "holdings.ask",
            (unit, token) => unit.Services.GetRequiredService<WorkerCommands>().SendAsync(
                CommandSender.QueueOf(lease.Worker, lease.Process), new ReportHoldings(lease.Worker.Value, lease.Incarnation.Value, question.Value), token),
            cancel);
    }
}
