using Weir.Core.Identity;

namespace Weir.Core.Assignments;

/// <summary>A plan's wish for one stream, with the row as the plan saw it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="SeenEpoch">Its epoch in the plan's snapshot.</param>
/// <param name="SeenState">Its state in the plan's snapshot.</param>
/// <param name="Target">The incarnation that is to own it.</param>
public readonly record struct GrantProposal(StreamId Stream, Epoch SeenEpoch, AssignmentState SeenState, Incarnation Target)
{
    /// <summary>Whether the row is still the one the plan saw. As SQL: <c>WHERE stream=s AND epoch=e AND state=x</c>.</summary>
    public bool StillSees(in AssignmentRow row) => row.Stream == Stream && row.Epoch == SeenEpoch && row.State == SeenState;
}
