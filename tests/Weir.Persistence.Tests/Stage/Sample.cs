using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Tests.Stage;

/// <summary>Rows that show only what a test is about.</summary>
internal static class Sample
{
    internal static StoredWorker Worker(string id, long incarnation = 1, string pool = "default") =>
        new() { Worker = WorkerId.Parse(id), Newest = new(incarnation), Process = "p1", Attempt = 1, Pool = pool, Capacity = 10 };

    internal static LeaseRow Lease(string worker, long incarnation, long sequence = 0) =>
        new(WorkerId.Parse(worker), new(incarnation), "p1") { Sequence = sequence };

    internal static AssignmentRow Assignment(string stream) => new(StreamId.Parse(stream));

    internal static Beat Beat(string worker, long incarnation, long sequence, ulong digest = 0) => new(WorkerId.Parse(worker), new(incarnation), sequence, digest, 0, 0);
}
