using System.Data.Common;
using Weir.Core.Identity;
using Weir.Core.Leases;

namespace Weir.Persistence.Stores;

/// <summary>A lease that somebody may still have to wait for.</summary>
/// <param name="Row">What a watch looks at; digest and the like are not read.</param>
/// <param name="Pool">Its worker's pool; empty when the worker is struck from the register.</param>
/// <param name="LocalModeLongest">Of a fenced one: the longest local mode granted to it. Zero while it is Live.</param>
public readonly record struct WatchedLease(LeaseRow Row, string Pool, TimeSpan LocalModeLongest)
{
    internal static WatchedLease Read(DbDataReader row) => new(
        new LeaseRow(WorkerId.Parse(row.GetString(1)), new(row.GetInt64(0)), row.GetString(2))
        {
            Sequence = row.GetInt64(3),
            Quiet = TimeSpan.FromMilliseconds(row.GetInt64(4)),
            State = Enum.Parse<LeaseState>(row.GetString(5)),
            Stopped = row.GetBoolean(6),
            MarkSent = row.GetInt64(7),
            MarkRead = row.GetInt64(8),
            CommandsUnread = row.GetBoolean(9),
        },
        row.GetString(10),
        TimeSpan.FromMilliseconds(row.GetInt64(11)));
}
