using Weir.Contracts.Registration;
using Weir.Core.Leases;

namespace Weir.Worker.Agent;

/// <summary>
/// One attempt to be let in. It is sent again as it was until it is answered: the same attempt is answered alike, so a slow service
/// is not outrun by newer attempts. When the answer could not give a lease worth having any more, a new attempt follows.
/// </summary>
/// <param name="Attempt">1 upwards within the process.</param>
/// <param name="SentAt">When it was first sent: the lease counts from here.</param>
/// <param name="Parts">What was sent.</param>
/// <param name="SendAgainAt">When it is due again.</param>
internal sealed record Registering(long Attempt, TimeSpan SentAt, IReadOnlyList<RegisterWorker> Parts, TimeSpan SendAgainAt)
{
    /// <summary>How long one attempt is sent again: half of a lease, so that the answer still gives one worth having.</summary>
    /// <param name="lease">How long a lease was the last time; null before the first, when the shortest there is counts.</param>
    internal static TimeSpan GivenUpAfter(TimeSpan? lease) => (lease ?? LeaseTimes.Fast.Ttl) / 2;

    internal static Registering Begin(
        WorkerSelf self, WeirWorkerOptions options, long attempt, TimeSpan now, IReadOnlyList<Holding> holdings, long highestEpoch)
    {
        var parts = HoldingParts.Of(holdings);
        var labels = options.Labels.Count == 0 ? null : options.Labels.ToDictionary(StringComparer.Ordinal);
        RegisterWorker[] sent = [.. parts.Select((part, index) => new RegisterWorker(
            self.WorkerId, self.ProcessId, attempt, options.Pool, options.Capacity, index + 1, parts.Count, part,
            options.Version, labels, highestEpoch, self.Predecessor))];
        return new Registering(attempt, now, sent, now);
    }
}
