using Weir.Core.Identity;

namespace Weir.Orchestrator.Planning;

/// <summary>As much of a plan as one transaction carries out.</summary>
/// <param name="Steps">At most 5,000.</param>
internal sealed record PlanSlice(IReadOnlyList<PlanStep> Steps)
{
    internal int Placements => Steps.Count(step => step.Reason is null);

    internal IReadOnlyCollection<StreamId> Streams => [.. Steps.Select(step => step.Proposal.Stream)];
}
