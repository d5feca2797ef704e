using System.Diagnostics;
using Weir.Benchmarks.Planning.Peers;

namespace Weir.Benchmarks.Planning;

/// <summary>Times one peer on one scenario: the first call, then warm runs, of which the median and the fastest are kept.</summary>
internal static class Measure
{
    private const double BudgetMs = 5000;
    private const int RunsMax = 20_000;

    internal static Cell Cell(int workers, int streams, string scenario, string name, double band, int seed)
    {
        var peer = Peer.All.Single(p => p.Name == name);
        var state = Scenarios.Start(scenario, workers, streams, seed);
        var events = Scenarios.Events(scenario, workers);
        return events.Count == 0 ? Once(peer, state, band) : Each(peer, state, events, band);
    }

    private static Cell Once(Peer peer, State state, double band)
    {
        var decide = peer.Prepare(state, band);
        var (owner, first) = Timed(decide);
        var times = new List<double>();
        for (var spent = first; times.Count < 3 || (spent < BudgetMs && times.Count < RunsMax); spent += times[^1])
        {
            times.Add(Timed(decide).Ms);
            if (spent > 20_000)
                break;
        }

        times.Sort();
        // Peak first: judging costs memory of its own.
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        var after = peer is WeirPeer weir ? weir.Owners(state) : owner;
        var score = Scorer.Score(state, after);
        var bounds = Scorer.Bounds(state, band);
        return new Cell(
            times[times.Count / 2], times[0], score.Moves, bounds.MovesLowerBound, score.MaxMinusMin, score.Makespan / bounds.MakespanLowerBound, score.Band, peak)
        {
            FirstMs = peer is WeirPeer ? first : null,
        };
    }

    /// <summary>Many events one after the other: the time of all of them, the moves of all of them.</summary>
    private static Cell Each(Peer peer, State state, IReadOnlyList<(int Worker, bool Live)> events, double band)
    {
        var (moves, bound, ms) = (0, 0, 0.0);
        var score = Scorer.Score(state, state.Owner);
        foreach (var (worker, live) in events)
        {
            state = state with { Live = [.. state.Live.Select((l, w) => w == worker ? live : l)] };
            var (owner, elapsed) = Timed(peer.Prepare(state, band));
            owner = peer is WeirPeer weir ? weir.Owners(state) : owner;
            score = Scorer.Score(state, owner);
            ms += elapsed;
            moves += score.Moves;
            bound += Scorer.Bounds(state, band).MovesLowerBound;
            state = state.With(owner);
        }

        var makespan = score.Makespan / Scorer.Bounds(state, band).MakespanLowerBound;
        return new Cell(ms, ms, moves, bound, score.MaxMinusMin, makespan, score.Band, Process.GetCurrentProcess().PeakWorkingSet64 / 1e6);
    }

    private static (int[] Owner, double Ms) Timed(Func<int[]> decide)
    {
        var start = Stopwatch.GetTimestamp();
        var owner = decide();
        return (owner, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
