using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Registration;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>The snapshot one plan is made from; its arrays are used again.</summary>
internal sealed class PlanView(int workers, int streams)
{
    internal PoolVersion Version { get; set; }

    /// <summary>God's own mark: which history of the database was read.</summary>
    internal int History { get; set; }

    internal AssignmentRow[] Rows { get; } = new AssignmentRow[streams];

    /// <summary>Whether the rule of grants lets another have the stream.</summary>
    internal bool[] Free { get; } = new bool[streams];

    internal WorkerRow?[] Workers { get; } = new WorkerRow?[workers];

    internal LeaseRow?[] Newest { get; } = new LeaseRow?[workers];

    internal int Open { get; set; }

    internal int WorkerOf(Incarnation incarnation)
    {
        for (var worker = 0; worker < Newest.Length; worker++)
            if (Newest[worker] is { } lease && lease.Incarnation == incarnation)
                return worker;
        return -1;
    }
}
