namespace Weir.Cli.Dev.Reading;

/// <summary>A worker as the picture shows it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Since">Since when, on the run's clock.</param>
/// <param name="Capacity">Units of weight it can carry, above 0.</param>
/// <param name="Load">Units it carries, starting and releasing streams included.</param>
/// <param name="Streams">How many streams are its own.</param>
/// <param name="Coming">How many of them are starting.</param>
/// <param name="Going">How many of them are being released.</param>
internal sealed record WorkerView(string Id, WorkerStanding Standing, TimeSpan Since, double Capacity, double Load, int Streams, int Coming, int Going)
{
    /// <summary>The process that registered it.</summary>
    internal string Process { get; init; } = "";

    /// <summary>Somebody is it, as far as anybody knows.</summary>
    internal bool IsTaken => Standing is not (WorkerStanding.Lost or WorkerStanding.Left);

    /// <summary>Load for capacity: 1 is full.</summary>
    internal double Level => Load / Capacity;

    /// <summary>It counts for how level the fleet is.</summary>
    internal bool Counts => Standing == WorkerStanding.Live;
}
