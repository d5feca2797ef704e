using Weir.Core.Assignments;

namespace Weir.Orchestrator.Writing;

/// <summary>An assignment as it was read and as it is to be.</summary>
internal readonly record struct RowChange(string Pool, AssignmentRow Before, AssignmentRow After)
{
    /// <summary>Whether anybody outside has to hear of it: owner, epoch or state are other ones.</summary>
    internal bool IsFact => Before.Epoch != After.Epoch || Before.State != After.State || Before.Incarnation != After.Incarnation;
}
