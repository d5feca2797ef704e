using Weir.Core.Identity;

namespace Weir.Registry;

/// <summary>What names and labels that come from outside may look like.</summary>
internal static class Names
{
    internal const string PoolRule = $"{PoolName.Right}, are right";
    internal const string PartRule = "1 to 64 letters, digits or hyphens, a letter or digit first, are right";

    /// <summary>A worker's id or a process's: part of a queue's name.</summary>
    internal static bool IsPart(string? name) => WorkerId.TryParse(name, out _);

    /// <summary>What is wrong with labels, in words; null when nothing is.</summary>
    internal static string? LabelsFault(IReadOnlyDictionary<string, string>? labels) =>
        LabelRule.Fault(labels) is { } fault
            ? Words.Fault(fault.Name.Length == 0 ? "Labels" : $"Labels.{fault.Name}", fault.Value, $"{fault.Right} are right")
            : null;
}
