using Microsoft.Extensions.Logging;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Stores;

namespace Weir.Registry.Silence;

/// <summary>
/// What this replica saw of the sequences on its own clock, and what follows from it: pure bookkeeping round the core's watch. It trusts
/// what it saw only while its canary comes back and its looks follow one another.
/// </summary>
internal sealed class SilenceWatch(QueuePresence queues, ILogger<SilenceWatch> logger)
{
    private Dictionary<Incarnation, LeaseWatch> _watches = [];
    private TimeSpan? _previous;
    private bool? _trusted;
    private bool _mass;
    private int _looks;

    /// <summary>How many looks were judged.</summary>
    internal int Looks => Volatile.Read(ref _looks);

    /// <summary>A look failed: nothing that was seen before counts.</summary>
    internal void Failed() => _previous = null;

    /// <summary>One look at all leases.</summary>
    /// <returns>What to write, with the row it was judged by.</returns>
    internal IReadOnlyList<(WatchedLease Lease, QuietMark Mark)> Judge(Look look)
    {
        var trusted = look.Canary.IsGood(look.Asked);
        if (_trusted != trusted) RegistryLog.Canary(logger, trusted ? "open" : "not proved", trusted ? "counts" : "proves nothing");
        _trusted = trusted;
        if (!trusted || !LookPace.GoesOn(_previous, look.Answered, look.Every)) BeginAnew(look);
        _previous = look.Answered;

        var fleet = Count(look);
        if (fleet.IsMass && !_mass) RegistryLog.MassSilence(logger, fleet.Silent, fleet.Live);
        _mass = fleet.IsMass;

        var next = new Dictionary<Incarnation, LeaseWatch>(look.Leases.Count);
        var marks = new List<(WatchedLease, QuietMark)>();
        foreach (var lease in look.Leases)
        {
            next[lease.Row.Incarnation] = LookAt(lease, look, fleet, out var mark);
            if (mark is { } found) marks.Add((lease, found));
        }

        _watches = next;
        Interlocked.Increment(ref _looks);
        return marks;
    }

    private void BeginAnew(Look look)
    {
        foreach (var lease in look.Leases)
            if (_watches.TryGetValue(lease.Row.Incarnation, out var watch))
                _watches[lease.Row.Incarnation] = watch.Anew(look.Asked, look.Answered, look.Canary, look.TimesOf(lease));
    }

    private LeaseWatch LookAt(in WatchedLease lease, Look look, FleetSilence fleet, out QuietMark? mark)
    {
        var row = lease.Row;
        if (!_watches.TryGetValue(row.Incarnation, out var watch)) watch = LeaseWatch.Begin(row, look.Answered);
        watch = queues.GoneSince(row.Worker.Value, row.Process) is { } gone ? watch.QueuesGone(gone) : watch.QueuesBack();
        var context = new LookContext(look.Asked, look.Answered, look.TimesOf(lease), fleet, look.Canary.BackSentAt);
        return watch.Look(row, context, lease.LocalModeLongest, out mark);
    }

    private FleetSilence Count(Look look)
    {
        var fleet = new FleetSilence(look.Asked);
        foreach (var lease in look.Leases)
            fleet.Add(lease.Row, _watches.TryGetValue(lease.Row.Incarnation, out var watch) ? watch : null, look.TimesOf(lease));
        return fleet;
    }
}
