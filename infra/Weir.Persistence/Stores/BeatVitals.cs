namespace Weir.Persistence.Stores;

/// <summary>What a worker's process measured of itself.</summary>
/// <param name="Running">How many handlers run.</param>
/// <param name="CpuShare">Its share of the cores it may use, 0 to 1; null when not measured.</param>
/// <param name="MemoryBytes">Its resident memory; null when not measured.</param>
public readonly record struct BeatVitals(int Running, double? CpuShare, long? MemoryBytes);
