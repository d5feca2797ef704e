namespace Weir.Diagnostics.Api;

/// <summary>The figures of a pool's leases, in milliseconds.</summary>
/// <param name="BeatMs">How often a worker beats.</param>
/// <param name="SuspectMs">Silence after which it is given nothing new.</param>
/// <param name="FenceAfterMs">Silence after which its incarnation is over.</param>
/// <param name="TtlMs">How long a lease lasts.</param>
public sealed record LeaseFigures(long BeatMs, long SuspectMs, long FenceAfterMs, long TtlMs);
