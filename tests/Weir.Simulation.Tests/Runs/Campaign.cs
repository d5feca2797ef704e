using System.Diagnostics;
using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Runs;

/// <summary>Many seeds, side by side, summed up.</summary>
internal sealed class Campaign
{
    private readonly List<RunResult> _failed = [];
    private readonly long[] _faults = new long[Enum.GetValues<Fault>().Length];
    private readonly long[] _branches = new long[Enum.GetValues<Branch>().Length];

    internal int Runs { get; private set; }

    internal double VirtualHours { get; private set; }

    internal long Events { get; private set; }

    internal TimeSpan Elapsed { get; private set; }

    internal TimeSpan SlowestToSettle { get; private set; }

    internal IReadOnlyList<RunResult> Failed => _failed;

    internal long Faults => _faults.Sum();

    /// <summary>All seeds are shifted by WEIR_SIM_SEED_BASE, so that anyone can run what nobody has seen.</summary>
    internal static ulong SeedBase => ulong.TryParse(Environment.GetEnvironmentVariable("WEIR_SIM_SEED_BASE"), out var shift) ? shift : 0;

    internal static Campaign Of(IEnumerable<ulong> seeds, Func<ulong, Shape> shape)
    {
        var campaign = new Campaign();
        var watch = Stopwatch.StartNew();
        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, state) =>
        {
            var result = SimulationRun.Execute(shape(seed));
            lock (campaign)
            {
                campaign.Add(result);
                if (campaign._failed.Count >= 5)
                    state.Stop();
            }
        });
        campaign.Elapsed = watch.Elapsed;
        return campaign;
    }

    internal IEnumerable<Fault> FaultsNeverInjected => Enum.GetValues<Fault>().Where(fault => _faults[(int)fault] == 0);

    internal IEnumerable<Branch> BranchesNeverTaken => Enum.GetValues<Branch>().Where(branch => _branches[(int)branch] == 0);

    internal void Print(TextWriter to, bool inFull)
    {
        to.WriteLine($"[simulation] {Runs} seeds from {SeedBase}, {VirtualHours:0.0} virtual hours, {Faults:N0} faults, {Events:N0} events in {Elapsed.TotalSeconds:0.0} s");
        to.WriteLine($"[simulation] {VirtualHours * 3600 / Elapsed.TotalSeconds / Environment.ProcessorCount:N0} x real time per core, slowest to settle {SlowestToSettle.TotalSeconds:0} s, {_failed.Count} violations");
        foreach (var failed in _failed)
            to.WriteLine($"[simulation] VIOLATION seed {failed.Seed} at {TimeSpan.FromTicks(failed.VirtualTicks)}: {failed.Violation}\n             {failed.Replay}");
        if (!inFull)
            return;
        to.WriteLine("[simulation] faults: " + string.Join(", ", Enum.GetValues<Fault>().Select(f => $"{f} {_faults[(int)f]:N0}")));
        to.WriteLine("[simulation] branches: " + string.Join(", ", Enum.GetValues<Branch>().Select(b => $"{b} {_branches[(int)b]:N0}")));
    }

    private void Add(RunResult result)
    {
        Runs++;
        VirtualHours += TimeSpan.FromTicks(result.VirtualTicks).TotalHours;
        Events += result.Events;
        if (!result.Held)
            _failed.Add(result);
        var settled = TimeSpan.FromTicks(result.SettledAfter);
        SlowestToSettle = settled > SlowestToSettle ? settled : SlowestToSettle;
        for (var i = 0; i < _faults.Length; i++)
            _faults[i] += result.Faults[i];
        for (var i = 0; i < _branches.Length; i++)
            _branches[i] += result.Branches[i];
    }
}
