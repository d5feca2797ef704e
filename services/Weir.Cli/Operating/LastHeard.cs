namespace Weir.Cli.Operating;

/// <summary>How far the events were heard, so that the next connection goes on there.</summary>
internal sealed class LastHeard(string? after)
{
    internal string? Id { get; set; } = after;

    /// <summary>Whether a stream was ever opened: before that, a fault is told and not tried again.</summary>
    internal bool IsAny { get; set; }
}
