using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>A worker with its newest lease and what it carries.</summary>
/// <param name="Worker">Its row.</param>
/// <param name="Lease">Its newest life's; null when that was cleaned up.</param>
/// <param name="Streams">How many streams it has.</param>
/// <param name="Weight">Their weight.</param>
public sealed record WorkerReading(StoredWorker Worker, StoredLease? Lease, int Streams, double Weight);
