using Weir.Core.Leases;
using Weir.Persistence.Stores;

namespace Weir.Registry.Silence;

/// <summary>One look at the leases.</summary>
/// <param name="Asked">This replica's clock when it asked.</param>
/// <param name="Answered">The same when it had them.</param>
/// <param name="Every">The period of looks.</param>
/// <param name="Canary">The canary when it asked.</param>
/// <param name="Leases">What somebody may still have to wait for.</param>
/// <param name="Times">The pools' figures.</param>
internal sealed record Look(
    TimeSpan Asked, TimeSpan Answered, TimeSpan Every, Canary Canary, IReadOnlyList<WatchedLease> Leases, IReadOnlyDictionary<string, LeaseTimes> Times)
{
    internal LeaseTimes TimesOf(in WatchedLease lease) => Times.GetValueOrDefault(lease.Pool, LeaseTimes.Fast);
}
