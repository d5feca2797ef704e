namespace Weir.Diagnostics.Api;

/// <summary>What a plan costs and reaches, beside the least any plan could cost and the best any could reach.</summary>
/// <param name="Moves">Moves in the plan.</param>
/// <param name="MovesLowerBound">No plan that ends as level needs fewer.</param>
/// <param name="Placements">Streams without an owner that get one.</param>
/// <param name="Makespan">The highest level after it: weight per unit of capacity.</param>
/// <param name="MakespanLowerBound">No plan of these streams on these workers has a lower one.</param>
/// <param name="MaxMinusMin">The heaviest worker less the lightest, in weight.</param>
/// <param name="ScoreBefore">Balance before, 0 to 1.</param>
/// <param name="ScoreAfter">Balance after, 0 to 1.</param>
/// <param name="TargetScoreAfter">Balance after against the planner's own target, 0 to 1.</param>
/// <param name="BandAsked">How far from its share a worker may end, as a part of it.</param>
/// <param name="BandReached">How far the furthest ends.</param>
public sealed record PlanCertificate(
    int Moves,
    int MovesLowerBound,
    int Placements,
    double? Makespan,
    double? MakespanLowerBound,
    double MaxMinusMin,
    double ScoreBefore,
    double ScoreAfter,
    double TargetScoreAfter,
    double BandAsked,
    double? BandReached);
