using CsCheck;
using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

/// <summary>Laws that hold for every fleet and policy, on fleets with every constraint at once.</summary>
[Unit]
public sealed class PlanLawsTests
{
    private static readonly Gen<(FleetSpec Fleet, Policy Policy)> Anything = Gen.Select(Fleets.Wild(8, 40), Fleets.Policies);

    [Fact]
    public void Property_NoStreamIsLostNoneHasTwoOwnersAndNothingIsAboveCapacityAtAnyPoint() =>
        Anything.Sample((fleet, policy) => Sound.Check(fleet, policy, Planner.Plan(fleet.Build().Snapshot, policy)), iter: 400);

    [Fact]
    public void Property_PlanningThePlannedFleetMovesNothing() =>
        Anything.Sample(
            (fleet, policy) =>
            {
                var whole = policy with { MovesMax = null };
                var snapshot = fleet.Build().Snapshot;
                var plan = Planner.Plan(snapshot, whole);
                var planned = snapshot.After(plan);
                if (OrdersArePending(fleet) || FillsWhatWasFull(fleet, plan))
                    return;

                var again = Planner.Plan(planned, whole);

                Assert.True(again.Moves.Count == 0, $"planned {plan.Certificate}, then again {string.Join(' ', again.Moves)} reaching {again.Certificate}");
                Assert.Empty(again.Placements);
            },
            iter: 400);

    [Fact]
    public void Property_PlanningOnEndsAfterAFewPlansOnAnyFleet() =>
        Anything.Sample(
            (fleet, policy) =>
            {
                var snapshot = fleet.Build().Snapshot;
                var whole = policy with { MovesMax = null };
                for (var plans = 0; ; plans++)
                {
                    var plan = Planner.Plan(snapshot, whole);
                    if (plan.Moves.Count + plan.Placements.Count == 0)
                        return;
                    Assert.True(plans < 12, $"still {plan.Moves.Count} moves after {plans} plans");
                    snapshot = snapshot.After(plan);
                }
            },
            iter: 400);

    [Fact]
    public void Property_ShuffledInputGivesTheSamePlan() =>
        Gen.Select(Anything, Gen.Int[0, int.MaxValue]).Sample(
            (given, seed) =>
            {
                var plan = Planner.Plan(given.Fleet.Build().Snapshot, given.Policy);
                var shuffled = Planner.Plan(given.Fleet.Build(new Random(seed)).Snapshot, given.Policy);

                Assert.Equal(plan.Moves, shuffled.Moves);
                Assert.Equal(plan.Placements, shuffled.Placements);
                Assert.Equal(plan.Unplaced, shuffled.Unplaced);
                Assert.Equal(plan.Certificate, shuffled.Certificate);
                Assert.Equal(plan.Report.Delays, shuffled.Report.Delays);
            },
            iter: 400);

    [Fact]
    public void Property_EveryCertificateIsANumberSomeoneCanRead() =>
        Anything.Sample(
            (fleet, policy) =>
            {
                var c = Planner.Plan(fleet.Build().Snapshot, policy).Certificate;

                Assert.All(
                    new[] { c.Makespan, c.MakespanLowerBound, c.MaxMinusMin, c.ScoreBefore, c.ScoreAfter, c.TargetScoreAfter, c.BandAsked, c.BandReached },
                    value => Assert.True(double.IsFinite(value) && value >= 0, $"{value} in {c}"));
                Assert.True(c.ScoreAfter <= 1 && c.MovesLowerBound >= 0 && c.MovesLowerBound <= c.Moves, c.ToString());
            },
            iter: 400);

    [Fact]
    public void Plan_MovesThatStayBehind_LetNoneOfTheOthersStandHigherThanTheFleetEnds()
    {
        // Found by the first law: a move that was left for want of room would have ended at 7.17, and what went before it was let up there.
        var fleet = new FleetSpec(
            [
                new(17, WorkerState.Lost), new(12.459471905273134), new(16.428571428571427, WorkerState.Active, 0.5),
                new(20, WorkerState.Draining, 0.5), new(17.419354838709676, WorkerState.Active, 0.5), new(19.239945339377506, WorkerState.Lost, 0.1),
                new(7.992054000066883)
            ],
            [
                new(4, 0.6367291570191326), new(6, 1, InFlight: true), new(0, 7.828701555838652), new(6, 9.809948355041017),
                new(4, 10, MovedSecondsAgo: 10), new(4, 4), new(4, 4.382022471910112, MovedSecondsAgo: 10),
                new(4, 4, InFlight: true, Quarantined: true), new(1, 1, MovedSecondsAgo: 100, InFlight: true), new(1, 2), new(5, 9.969696969696969),
                new(-1, 6.5473684210526315), new(1, 8), new(4, 3.3488372093023258, 5, MovedSecondsAgo: 10),
                new(4, 4.2105263157894735, InFlight: true), new(4, 6.334608848086249, InFlight: true), new(1, 6.43218740927475),
                new(5, 8.411764705882353), new(6, 8.240190786919246, MovedSecondsAgo: 100), new(2, 5.55), new(2, 6.574468085106383), new(0, 5, 4),
                new(1, 1, MovedSecondsAgo: 10), new(-1, 6), new(1, 9), new(1, 7.875), new(6, 1.8181818181818181, Quarantined: true),
                new(5, 6.608108108108108), new(4, 6), new(6, 9.867239307462205), new(6, 8.4375), new(1, 1), new(0, 6, 6), new(6, 5.126984126984127),
                new(2, 3.351620253700617), new(4, 8), new(1, 5), new(1, 6.955550007593363), new(-1, 3), new(-1, 8)
            ]);
        var policy = new Policy { Band = 0.025, OuterBand = 0.1, CoolDownSeconds = 60 };

        var plan = Planner.Plan(fleet.Build().Snapshot, policy);

        Assert.Contains(plan.Report.Delays, delay => delay.Reason == DelayReason.NoRoom);
        Sound.Check(fleet, policy, plan);
    }

    [Fact]
    public void Certificate_APinnedStreamThatFindsNoPlaceYet_ClaimsNoMoveForIt()
    {
        // Found by the law of certificates: the one place of its worker is freed by the move of another pin, and placements come before moves.
        var fleet = new FleetSpec(
            [new(5), new(2.5, WorkerState.Draining, 0.5), new(13.5, WorkerState.Draining), new(1.2, WorkerState.Active, 0.1)], [new(-1, 1E-05, 3), new(3, 0.1, 0)]);
        var policy = new Policy { Band = 0.025, OuterBand = 0.1, Levelling = Weir.Core.Planning.Levelling.Always };

        var plan = Planner.Plan(fleet.Build().Snapshot, policy);

        Assert.Single(plan.Moves);
        Assert.Single(plan.Unplaced);
        Assert.InRange(plan.Certificate.MovesLowerBound, 0, 1);
    }

    /// <summary>A pin that is not yet carried out may take two plans, one to make room and one to use it.</summary>
    private static bool OrdersArePending(FleetSpec fleet) => fleet.Streams.Any(s => s.PinnedTo >= 0 && s.PinnedTo != s.Owner);

    /// <summary>Placements come before moves: what a plan places where there is room, the next may have to carry where room was made.</summary>
    private static bool FillsWhatWasFull(FleetSpec fleet, Plan plan) =>
        plan.Placements.Count > 0
        && Enumerable.Range(0, fleet.Workers.Length).Any(w =>
            fleet.Streams.Count(s => s.Owner == w) + plan.Placements.Count(p => p.To == w) >= (int)fleet.Workers[w].Capacity);
}
