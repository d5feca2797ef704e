using Weir.Core.Invariants;

namespace Weir.Core.Assignments;

/// <summary>Keeps a stream that ends its handlers again and again from going through the fleet.</summary>
public static class Quarantine
{
    /// <summary>So many failures within <see cref="Within"/> hold the stream.</summary>
    public const int FailuresMax = 3;

    /// <summary>The span that counts: 10 minutes.</summary>
    public static TimeSpan Within { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Counts one failure of the stream's handler.</summary>
    /// <param name="row">The row, unowned already.</param>
    /// <param name="now">The database's clock; when it was stepped back the count begins again.</param>
    public static AssignmentRow Count(in AssignmentRow row, TimeSpan now)
    {
        Invariant.Holds(row.Failures < FailuresMax || row.Hold == StreamHold.None, "S11", $"{row.Stream} failed {row.Failures} times and ran on");
        var fresh = row.Failures == 0 || now < row.FailingSince || now - row.FailingSince > Within;
        var failures = fresh ? 1 : row.Failures + 1;
        return row with
        {
            Failures = failures,
            FailingSince = fresh ? now : row.FailingSince,
            Hold = failures >= FailuresMax && row.Hold == StreamHold.None ? StreamHold.Quarantined : row.Hold,
        };
    }
}
