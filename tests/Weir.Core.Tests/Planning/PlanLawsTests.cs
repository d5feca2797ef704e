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

    /// <summary>A pin that is not yet carried out may take two plans, one to make room and one to use it.</summary>
    private static bool OrdersArePending(FleetSpec fleet) => fleet.Streams.Any(s => s.PinnedTo >= 0 && s.PinnedTo != s.Owner);

    /// <summary>Placements come before moves: what a plan places where there is room, the next may have to carry where room was made.</summary>
    private static bool FillsWhatWasFull(FleetSpec fleet, Plan plan) =>
        plan.Placements.Count > 0
        && Enumerable.Range(0, fleet.Workers.Length).Any(w =>
            fleet.Streams.Count(s => s.Owner == w) + plan.Placements.Count(p => p.To == w) >= (int)fleet.Workers[w].Capacity);
}
