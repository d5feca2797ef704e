using Weir.Core.Leases;

namespace Weir.Persistence.Stores;

/// <summary>A beat as it came: what the core decides on, and what is kept for people and planners.</summary>
/// <param name="Beat">What decides.</param>
/// <param name="Vitals">What is kept.</param>
public readonly record struct BeatReading(Beat Beat, BeatVitals Vitals);
