using Weir.Core.Identity;

namespace Weir.Core.Leases;

/// <summary>What one replica wants written about a silent incarnation.</summary>
/// <param name="Incarnation">The life it watched.</param>
/// <param name="Sequence">The sequence it saw unchanged; the write counts only while the row still has it.</param>
/// <param name="Quiet">For how long, on the replica's own clock.</param>
/// <param name="Fence">Whether the silence ends the lease.</param>
/// <param name="CommandsUnread">Whether a command mark stayed unread for too long.</param>
public readonly record struct QuietMark(Incarnation Incarnation, long Sequence, TimeSpan Quiet, bool Fence, bool CommandsUnread);
