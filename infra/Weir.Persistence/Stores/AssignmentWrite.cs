using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>A row to write, and the row it was decided from.</summary>
/// <param name="Row">As it shall be.</param>
/// <param name="SeenEpoch">Its epoch when it was read.</param>
/// <param name="SeenState">Its state when it was read.</param>
public readonly record struct AssignmentWrite(AssignmentRow Row, Epoch SeenEpoch, AssignmentState SeenState);
