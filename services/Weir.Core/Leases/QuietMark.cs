using Weir.Core.Identity;

namespace Weir.Core.Leases;

/// <summary>What one replica wants written about an incarnation that is silent, or leaves its commands unread.</summary>
/// <param name="Incarnation">The life it watched.</param>
/// <param name="Sequence">The sequence it saw; quiet and fence count only while the row still has it.</param>
/// <param name="Quiet">For how long, on the replica's own clock.</param>
/// <param name="Fence">Whether the silence ends the lease.</param>
/// <param name="CommandsUnread">Whether a command mark stayed unread for too long: counts until that mark is read, whatever the sequence is by then.</param>
public readonly record struct QuietMark(Incarnation Incarnation, long Sequence, TimeSpan Quiet, bool Fence, bool CommandsUnread)
{
    /// <summary>The command mark that stayed unread; 0 when none did.</summary>
    public long UnreadMark { get; init; }
}
