using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Leases;

namespace Weir.Core.Consistency;

/// <summary>Compares one stream as a worker listed it with its row, read again, and sends again what the row says.</summary>
public static class Repairs
{
    /// <summary>What differs.</summary>
    /// <param name="row">The row as it is now; null when the stream is not registered.</param>
    /// <param name="incarnation">The life that listed.</param>
    /// <param name="holding">What it listed; null when it did not list the stream.</param>
    public static FindingKind Check(in AssignmentRow? row, Incarnation incarnation, Holding? holding)
    {
        if (row is not { } known)
            return holding is null ? FindingKind.None : FindingKind.NotGranted;

        var owns = known.Incarnation == incarnation && known.State != AssignmentState.Unowned;
        if (holding is not { } held)
            return owns && known.State == AssignmentState.Owned ? FindingKind.NotRunning : FindingKind.None;
        if (held.Epoch > known.Epoch)
            return FindingKind.LostHistory;
        if (!owns)
            return FindingKind.NotGranted;
        return held.Epoch < known.Epoch ? FindingKind.OlderEpoch : FindingKind.None;
    }

    /// <summary>
    /// The remedy. A stream under an epoch the table never saw is kept where it runs: whoever gave it away did so by the rule of
    /// grants, in a history that the database lost, and it was later than the row.
    /// </summary>
    /// <param name="row">The row, locked.</param>
    /// <param name="lease">The lease of the life that listed.</param>
    /// <param name="holding">What it listed.</param>
    /// <param name="context">Era, figures, drawn epoch and clock.</param>
    /// <param name="repaired">The row to write.</param>
    /// <returns>What to send.</returns>
    public static StreamCommand Decide(in AssignmentRow row, in LeaseRow lease, Holding? holding, in GrantContext context, out AssignmentRow repaired)
    {
        repaired = row;
        if (lease.State != LeaseState.Live)
            return default;

        switch (Check(row, lease.Incarnation, holding))
        {
            case FindingKind.NotRunning:
                return StreamCommand.Start(row);
            case FindingKind.OlderEpoch:
                return row.State == AssignmentState.Releasing ? StreamCommand.Release(row) : StreamCommand.Start(row);
            case FindingKind.NotGranted:
                return Stop(row.Class, lease, holding!.Value);
            case FindingKind.LostHistory when row.Hold != StreamHold.None:
                return Stop(row.Class, lease, holding!.Value);
            case FindingKind.LostHistory when !holding!.Value.Stopping:
                repaired = Grants.Give(row, lease, context);
                return StreamCommand.Start(repaired);
            default:
                return default;
        }
    }

    private static StreamCommand Stop(StreamClass streamClass, in LeaseRow lease, in Holding holding) =>
        new(CommandKind.Release, lease.Worker, lease.Incarnation, holding.Stream, holding.Epoch, streamClass, TimeSpan.Zero);
}
