namespace Weir.Persistence.Resilience;

/// <summary>One a scope: which connections its context uses. Set before the context is asked for.</summary>
internal sealed class LaneChoice
{
    internal DatabaseLane Lane { get; set; } = DatabaseLane.Main;
}
