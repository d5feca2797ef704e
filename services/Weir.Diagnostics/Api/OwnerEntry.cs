namespace Weir.Diagnostics.Api;

/// <summary>One owner that a stream had.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Epoch">The epoch of the grant.</param>
/// <param name="From">Who had it before; null when nobody did.</param>
/// <param name="Reason">Why it came: <c>placed</c>, <c>ownerLost</c>, <c>kept</c>, or the reason of the move.</param>
/// <param name="AssignedAt">When it was granted; null when that was not heard.</param>
/// <param name="RunningAt">When it ran; null when it has not.</param>
/// <param name="EndedAt">When it had it no more; null while it has it.</param>
/// <param name="End">Why, such as <c>released</c> or <c>failed</c>; null while it has it, or when the next owner's reason says it.</param>
/// <param name="Plan">The pool's version at that time, as <c>pool:version</c>.</param>
public sealed record OwnerEntry(
    string Worker,
    long Incarnation,
    long Epoch,
    string? From,
    string Reason,
    DateTimeOffset? AssignedAt,
    DateTimeOffset? RunningAt,
    DateTimeOffset? EndedAt,
    string? End,
    string? Plan);
