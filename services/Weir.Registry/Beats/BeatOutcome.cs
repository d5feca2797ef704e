using Weir.Core.Leases;
using Weir.Persistence.Stores;

namespace Weir.Registry.Beats;

/// <summary>What became of a batch, once it is committed.</summary>
/// <param name="Renewed">These counted.</param>
/// <param name="Refused">These did not, and their processes are told why.</param>
/// <param name="Unknown">Nobody knows their incarnations.</param>
internal sealed record BeatOutcome(IReadOnlyList<RenewedLease> Renewed, IReadOnlyList<(LeaseRow Row, long Sequence, RenewOutcome Why)> Refused, IReadOnlyList<HeardBeat> Unknown);
