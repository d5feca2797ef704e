using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>What changed in a pool since a mark. A row may be told again although nothing changed; none is left out.</summary>
/// <param name="Next">Where the next read starts.</param>
/// <param name="Workers">Changed workers, all their columns.</param>
/// <param name="Leases">Changed leases of the pool's workers; a renewal in good order is no change.</param>
/// <param name="Streams">Changed entries of the catalogue.</param>
/// <param name="Assignments">Changed assignments.</param>
public sealed record PoolChanges(
    ChangeMark Next,
    IReadOnlyList<StoredWorker> Workers,
    IReadOnlyList<StoredLease> Leases,
    IReadOnlyList<StoredStream> Streams,
    IReadOnlyList<StoredAssignment> Assignments);
