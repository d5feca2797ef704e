namespace Weir.Diagnostics.Api;

/// <summary>All that an operator needs at a glance; every pool counts.</summary>
/// <param name="Streams">How many streams stand where.</param>
/// <param name="Workers">How many workers stand how.</param>
/// <param name="Balance">How level the workers are.</param>
public sealed record FleetStatus(StreamCounts Streams, WorkerCounts Workers, BalanceFigures Balance);
