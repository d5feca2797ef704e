namespace Weir.Worker;

/// <summary>Stands among the services once it was said where the bus is.</summary>
/// <param name="Fault">What is wrong with what was said, in words; null when nothing is.</param>
internal sealed record BusChosen(string? Fault = null);
