using Weir.Core.Leases;

namespace Weir.Core.Tests.Leases;

/// <summary>A fleet that beats, each worker in a phase of its own or all in step, and a replica that looks at it; a millisecond a step.</summary>
/// <param name="workers">How many; their incarnations are 1 to this.</param>
/// <param name="inStep">All were started, or found the broker again, at once.</param>
/// <param name="look">How often the replica looks, ms.</param>
/// <param name="late">How late a beat comes at most, ms.</param>
/// <param name="seed">Of phases and delays.</param>
internal sealed class BeatingFleet(int workers, bool inStep, int look, int late, int seed)
{
    private const int SilentFrom = 6_000;

    private readonly Random _random = new(seed);

    /// <summary>The first <paramref name="silent"/> beat no more from some moment on.</summary>
    /// <returns>Who was fenced, and how long it had been seen silent then, ms.</returns>
    internal Dictionary<long, double> Run(int silent, int until)
    {
        var beat = (int)Rows.Times.Beat.TotalMilliseconds;
        var from = SilentFrom + _random.Next(beat);
        var together = _random.Next(beat);
        var phases = Enumerable.Range(0, workers).Select(_ => inStep ? together + _random.Next(50) : _random.Next(beat)).ToArray();
        var due = phases.Select(phase => phase + _random.Next(late + 1)).ToArray();
        var rows = Enumerable.Range(1, workers).Select(worker => Rows.Lease(worker)).ToArray();
        var watches = rows.Select(row => LeaseWatch.Begin(row, TimeSpan.Zero)).ToArray();
        var fenced = new Dictionary<long, double>();
        for (var now = 1; now <= until; now++)
        {
            for (var w = 0; w < workers; w++)
            {
                if (now < due[w] || (w < silent && now >= from)) continue;
                rows[w] = rows[w] with { Sequence = rows[w].Sequence + 1 };
                phases[w] += beat;
                due[w] = phases[w] + _random.Next(late + 1);
            }

            if (now % look == 0) Look(TimeSpan.FromMilliseconds(now), rows, watches, fenced);
        }

        return fenced;
    }

    private static void Look(TimeSpan now, LeaseRow[] rows, LeaseWatch[] watches, Dictionary<long, double> fenced)
    {
        var fleet = new FleetSilence(now);
        for (var w = 0; w < rows.Length; w++)
            fleet.Add(rows[w], watches[w], Rows.Times);
        for (var w = 0; w < rows.Length; w++)
        {
            watches[w] = watches[w].Look(rows[w], new LookContext(now, now, Rows.Times, fleet, now), TimeSpan.Zero, out var mark);
            if (mark is not { } found || !Fencing.TryWrite(rows[w], found, out rows[w]) || !found.Fence) continue;
            fenced.Add(rows[w].Incarnation.Value, found.Quiet.TotalMilliseconds);
        }
    }
}
