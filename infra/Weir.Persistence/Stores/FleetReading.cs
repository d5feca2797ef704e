using Weir.Persistence.Settings;

namespace Weir.Persistence.Stores;

/// <summary>A fleet at a glance.</summary>
/// <param name="Streams">How many streams are in which of <see cref="StreamQuery.States"/>.</param>
/// <param name="Workers">Every worker of the register.</param>
/// <param name="Pools">The figures of each pool that has a row.</param>
public sealed record FleetReading(
    IReadOnlyDictionary<string, long> Streams,
    IReadOnlyList<WorkerReading> Workers,
    IReadOnlyDictionary<string, PoolSettings> Pools);
