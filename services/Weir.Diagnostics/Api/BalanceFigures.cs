namespace Weir.Diagnostics.Api;

/// <summary>How level the workers are that take streams: the live ones.</summary>
/// <param name="Score">0 to 1; 1 is perfectly level, and what no or one worker has. The lowest of the pools'.</param>
/// <param name="Spread">The highest load less the lowest, where 1 is a full worker. The highest of the pools'.</param>
public sealed record BalanceFigures(double Score, double Spread);
