namespace Weir.Core.Planning;

/// <summary>
/// What a plan costs and reaches, beside the least any plan could cost and the best any could reach: the proof that goes with it.
/// All figures are of the fleet after the plan, unless their name says otherwise; lost and draining workers are left out of them.
/// </summary>
public sealed record Certificate
{
    /// <summary>Moves in the plan.</summary>
    public required int Moves { get; init; }

    /// <summary>
    /// No plan that ends as level needs fewer: for streams of one weight the exact minimum (max(X, D - O, 0) over the box of
    /// least makespan), for weights the larger of what overfull workers must shed and underfull ones must get.
    /// </summary>
    public required int MovesLowerBound { get; init; }

    /// <summary>Streams without an owner that get one.</summary>
    public required int Placements { get; init; }

    /// <summary>The highest level: weight per unit of share (capacity x performance) on the worker that stands highest.</summary>
    public required double Makespan { get; init; }

    /// <summary>No plan of these streams on these workers has a lower one, in the same unit.</summary>
    public required double MakespanLowerBound { get; init; }

    /// <summary>The heaviest worker less the lightest, in weight; streams, when each weighs 1.</summary>
    public required double MaxMinusMin { get; init; }

    /// <summary>Balance score of the raw load (weight per capacity) before the plan, 0 to 1.</summary>
    public required double ScoreBefore { get; init; }

    /// <summary>Balance score of the raw load after it.</summary>
    public required double ScoreAfter { get; init; }

    /// <summary>Balance score of the load against the planner's own, performance-weighted target.</summary>
    public required double TargetScoreAfter { get; init; }

    /// <summary>The band the policy asks for, as a part of the share.</summary>
    public required double BandAsked { get; init; }

    /// <summary>
    /// The furthest any worker is from its share, as a part of it. For streams of one weight what whole streams cannot avoid
    /// counts as 0.
    /// </summary>
    public required double BandReached { get; init; }
}
