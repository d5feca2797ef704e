namespace Weir.Core.Identity;

/// <summary>What is wrong with labels.</summary>
/// <param name="Name">Whose value it is; empty when it is their number or a name.</param>
/// <param name="Value">What was given; null when it is missing.</param>
/// <param name="Right">What would be right, to go before "are right".</param>
public readonly record struct LabelFault(string Name, string? Value, string Right);
