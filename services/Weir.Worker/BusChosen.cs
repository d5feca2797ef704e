namespace Weir.Worker;

/// <summary>Stands among the services once it was said where the bus is.</summary>
internal sealed record BusChosen;
