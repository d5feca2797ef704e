using Weir.Core.Identity;

namespace Weir.Core.Leases;

/// <summary>One beat as Registry reads it.</summary>
/// <param name="Worker">Who beats.</param>
/// <param name="Incarnation">The life it beats for.</param>
/// <param name="Sequence">1 upwards within the incarnation.</param>
/// <param name="Digest">The digest of what it runs.</param>
/// <param name="MarkRead">The highest command mark it has read.</param>
/// <param name="Stuck">How many handlers did not end in time.</param>
public readonly record struct Beat(WorkerId Worker, Incarnation Incarnation, long Sequence, ulong Digest, long MarkRead, int Stuck);
