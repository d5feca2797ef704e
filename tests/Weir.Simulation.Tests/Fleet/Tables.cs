using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Registration;
using Weir.Core.Sagas;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>What the database holds: what a backup copies and a restore brings back.</summary>
internal sealed class Tables
{
    internal EraRow Era { get; set; }

    internal long Counter { get; set; }

    /// <summary>The highest epoch any worker has named (an observation, written by Registry).</summary>
    internal Epoch Reported { get; set; }

    internal PoolVersion Version { get; set; }

    internal WorkerRow?[] Workers { get; private init; } = [];

    internal Dictionary<long, LeaseRow> Leases { get; private init; } = [];

    /// <summary>The incarnations somebody may still have to wait for.</summary>
    internal List<long> Watched { get; private init; } = [];

    /// <summary>Which processes have had which worker's name.</summary>
    internal HashSet<(int Worker, string Process)> Names { get; private init; } = [];

    internal AssignmentRow[] Rows { get; private init; } = [];

    internal MigrationRow?[] Sagas { get; private init; } = [];

    internal Dictionary<(string Process, long Attempt), PartsRow> Parts { get; private init; } = [];

    /// <summary>What each incarnation last listed.</summary>
    internal Dictionary<long, ListingRow> Listings { get; private init; } = [];

    internal List<OutboxRow> Outbox { get; private init; } = [];

    internal static Tables Empty(int workers, IEnumerable<AssignmentRow> rows, EraRow era)
    {
        AssignmentRow[] all = [.. rows];
        return new Tables { Workers = new WorkerRow?[workers], Rows = all, Sagas = new MigrationRow?[all.Length], Era = era };
    }

    internal Tables Copy() => new()
    {
        Era = Era,
        Counter = Counter,
        Reported = Reported,
        Version = Version,
        Workers = [.. Workers],
        Leases = new Dictionary<long, LeaseRow>(Leases),
        Watched = [.. Watched],
        Names = [.. Names],
        Rows = [.. Rows],
        Sagas = [.. Sagas],
        Parts = new Dictionary<(string, long), PartsRow>(Parts),
        Listings = new Dictionary<long, ListingRow>(Listings),
        Outbox = [.. Outbox],
    };

    internal LeaseRow? Lease(Incarnation incarnation) => Leases.TryGetValue(incarnation.Value, out var row) ? row : null;

    internal LeaseRow? Newest(int worker) => Workers[worker] is { } row ? Lease(row.Newest) : null;

    internal Holding? Held(Incarnation incarnation, StreamId stream) =>
        Listings.TryGetValue(incarnation.Value, out var listing) && listing.Holdings.TryGetValue(stream, out var holding) ? holding : null;
}
