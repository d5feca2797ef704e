namespace Weir.Cli.Dev.Reading;

/// <summary>How many streams stand where. Paused and quarantined ones are to have no owner and count as neither running nor unowned.</summary>
internal sealed record StreamCounts(int Total, int Running, int Starting, int Unowned, int Quarantined, int Paused)
{
    internal bool AllRun => Total > 0 && Running + Quarantined + Paused == Total;
}
