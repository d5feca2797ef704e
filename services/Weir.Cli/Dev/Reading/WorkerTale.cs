namespace Weir.Cli.Dev.Reading;

/// <summary>What is said when a worker stands otherwise than before.</summary>
internal static class WorkerTale
{
    /// <param name="worker">Its name.</param>
    /// <param name="capacity">What it can carry.</param>
    /// <param name="before">How it stood in the same life; null when this life is new.</param>
    /// <param name="after">How it stands.</param>
    internal static (HappeningKind Kind, string Words)? Line(string worker, double capacity, WorkerStanding? before, WorkerStanding after) => after switch
    {
        WorkerStanding.Live when before is null => (HappeningKind.Good, FormattableString.Invariant($"{worker} has joined with capacity {capacity:0.##}")),
        WorkerStanding.Live => (HappeningKind.Good, $"{worker} is well again"),
        WorkerStanding.Silent => (HappeningKind.Warning, $"{worker} is silent: it gets nothing new"),
        WorkerStanding.Lost => (HappeningKind.Bad, $"{worker} is lost: its streams go to others"),
        WorkerStanding.Draining => (HappeningKind.Plain, $"{worker} is being drained"),
        WorkerStanding.Cordoned => (HappeningKind.Plain, $"{worker} is cordoned"),
        WorkerStanding.Left => (HappeningKind.Plain, $"{worker} has left"),
        _ => null,
    };
}
