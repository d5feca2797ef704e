using Weir.Core.Planning;

namespace Weir.Core.Tests.Planning;

/// <summary>What every plan must keep, whatever the fleet: checked by carrying it out step by step.</summary>
internal static class Sound
{
    internal static void Check(FleetSpec spec, Policy policy, Plan plan)
    {
        var owner = spec.Streams.Select(s => s.Owner >= 0 && spec.Workers[s.Owner].State != WorkerState.Lost ? s.Owner : -1).ToArray();
        var count = new int[spec.Workers.Length];
        var load = new double[spec.Workers.Length];
        for (var s = 0; s < owner.Length; s++)
            Put(s, owner[s], 1);

        var touched = new HashSet<int>();
        foreach (var placement in plan.Placements)
        {
            Assert.True(touched.Add(placement.Stream), $"stream {placement.Stream} is decided twice");
            Assert.True(owner[placement.Stream] < 0, $"stream {placement.Stream} is placed although it has owner {owner[placement.Stream]}");
            Give(placement.Stream, placement.To);
        }

        foreach (var unplaced in plan.Unplaced)
        {
            Assert.True(touched.Add(unplaced.Stream), $"stream {unplaced.Stream} is decided twice");
            Assert.True(owner[unplaced.Stream] < 0, $"stream {unplaced.Stream} is called unplaced although it has an owner");
        }

        for (var s = 0; s < owner.Length; s++)
            Assert.True(owner[s] >= 0 || touched.Contains(s), $"stream {s} has no owner and nobody says why");

        // With placements there is no plain before: the fleet as it ends may stand above where it would without them.
        var ceiling = Math.Max(Highest(), plan.Placements.Count > 0 ? plan.Certificate.Makespan : 0);
        var overfull = Enumerable.Range(0, count.Length).Any(w => count[w] > spec.Workers[w].Capacity);
        foreach (var move in plan.Moves)
        {
            Assert.True(touched.Add(move.Stream), $"stream {move.Stream} is decided twice");
            Assert.True(owner[move.Stream] == move.From && move.From != move.To, $"{move} does not start where the stream is ({owner[move.Stream]})");
            AssertMayMove(spec, policy, move);
            Put(move.Stream, move.From, -1);
            Give(move.Stream, move.To);
            // A drain or a pin is an order, and so is a limit: they may lift their target. What is done by choice never lifts the highest.
            if (!overfull && plan.Moves.All(m => m.Reason is not (MoveReason.WorkerDraining or MoveReason.Manual)))
                Assert.True(Highest() <= ceiling * (1 + 1e-9), $"{move} lifts the highest level from {ceiling} to {Highest()}");
        }

        // Places may be kept free for pins.
        var room = spec.Streams.All(s => s.PinnedTo < 0) && Enumerable.Range(0, count.Length).Any(w => spec.Workers[w].State == WorkerState.Active && count[w] < (int)spec.Workers[w].Capacity);
        Assert.False(room && plan.Moves.Count == 0 && plan.Unplaced.Any(u => u.Reason == UnplacedReason.NoRoom), "a stream is unplaced although there is room");
        Assert.True(plan.Moves.Count <= (policy.MovesMax ?? int.MaxValue), "more moves than the policy allows");
        Assert.Equal(plan.Moves.Count, plan.Certificate.Moves);
        Assert.True(plan.Certificate.MovesLowerBound <= plan.Moves.Count, $"bound {plan.Certificate.MovesLowerBound} is above the {plan.Moves.Count} moves made");
        Assert.True(plan.Certificate.Makespan >= plan.Certificate.MakespanLowerBound * (1 - 1e-9) || plan.Unplaced.Count > 0 || Reserved(spec) || plan.Report.Delays.Count > 0, "the makespan is below its bound");

        void Give(int stream, int to)
        {
            Assert.True(spec.Workers[to].State == WorkerState.Active, $"stream {stream} is given to {to}, which is {spec.Workers[to].State}");
            Assert.True(spec.Streams[stream].PinnedTo < 0 || spec.Streams[stream].PinnedTo == to || spec.Streams[stream].InFlight, $"stream {stream} is pinned elsewhere");
            owner[stream] = to;
            Put(stream, to, 1);
            Assert.True(count[to] <= spec.Workers[to].Capacity, $"worker {to} holds {count[to]} of {spec.Workers[to].Capacity} after stream {stream} came");
        }

        void Put(int stream, int worker, int sign)
        {
            if (worker < 0)
                return;
            count[worker] += sign;
            load[worker] += sign * spec.Streams[stream].Weight;
        }

        double Highest() => Enumerable.Range(0, load.Length)
            .Where(w => spec.Workers[w].State is WorkerState.Active or WorkerState.Cordoned)
            .Select(w => load[w] / (spec.Workers[w].Capacity * spec.Workers[w].Performance))
            .DefaultIfEmpty(0).Max();
    }

    /// <summary>Draining or lost workers may keep weight the bound counts as placed.</summary>
    private static bool Reserved(FleetSpec spec) => spec.Workers.Any(w => w.State != WorkerState.Active);

    private static void AssertMayMove(FleetSpec spec, Policy policy, Move move)
    {
        var stream = spec.Streams[move.Stream];
        Assert.False(stream.InFlight, $"stream {move.Stream} is in flight and is moved");
        Assert.False(stream.Quarantined, $"stream {move.Stream} is in quarantine and is moved");
        Assert.False(stream.PinnedTo == move.From, $"stream {move.Stream} is pinned to {move.From} and is taken from it");
        var cooling = stream.MovedSecondsAgo < policy.CoolDownSeconds;
        Assert.False(cooling && move.Reason is not (MoveReason.WorkerDraining or MoveReason.Manual), $"stream {move.Stream} is cooling down and is moved");
        Assert.True(policy.Levelling != Levelling.Never || move.Reason is MoveReason.WorkerDraining or MoveReason.Manual || Overfull(), $"{move} is by choice although none is wanted");

        bool Overfull() => spec.Streams.Count(s => s.Owner == move.From || s.PinnedTo == move.From) > (int)spec.Workers[move.From].Capacity;
    }
}
