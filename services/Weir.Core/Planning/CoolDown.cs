namespace Weir.Core.Planning;

/// <summary>From when a stream's cool-down counts.</summary>
public static class CoolDown
{
    /// <summary>When a stream was last moved by choice: a drain moves what it must, so it neither waits for a cool-down nor begins one.</summary>
    /// <param name="earlier">What its other migrations say; null for none.</param>
    /// <param name="reason">Why this one was made; null when nobody wrote it down.</param>
    /// <param name="startedAt">When it began, on the database's clock.</param>
    /// <param name="endedAt">When it ended; null while it is open.</param>
    public static TimeSpan? MovedAt(TimeSpan? earlier, MoveReason? reason, TimeSpan startedAt, TimeSpan? endedAt)
    {
        if (reason == MoveReason.WorkerDraining) return earlier;
        var at = endedAt ?? startedAt;
        return earlier is { } other && other > at ? other : at;
    }
}
