using System.Runtime.InteropServices;
using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Core.Planning;

/// <summary>A stream whose only worker is not in the fleet.</summary>
/// <param name="Row">Who has it.</param>
/// <param name="PinnedTo">The worker that is not there.</param>
/// <param name="HasOwner">It stays where it is; else it waits without an owner and is no part of the snapshot.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PinnedAway(AssignmentRow Row, WorkerId PinnedTo, bool HasOwner);
