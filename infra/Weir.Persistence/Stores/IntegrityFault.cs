namespace Weir.Persistence.Stores;

/// <summary>Rows that contradict one another.</summary>
/// <param name="Rows">How many, 1 or more.</param>
/// <param name="First">The id of one of them, for whoever looks.</param>
/// <param name="Words">What is wrong with them.</param>
public sealed record IntegrityFault(long Rows, string First, string Words);
