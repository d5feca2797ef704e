using Weir.Core.Identity;

namespace Weir.Registry;

/// <summary>What names and labels that come from outside may look like.</summary>
internal static class Names
{
    internal const string PoolRule = $"{PoolName.Right}, are right";
    internal const string PartRule = "1 to 64 letters, digits or hyphens, a letter or digit first, are right";
    internal const string LabelRule = "at most 16 names with their values, 64 characters each, are right";
    private const int LabelsMax = 16;
    private const int LabelMax = 64;

    /// <summary>A worker's id or a process's: part of a queue's name.</summary>
    internal static bool IsPart(string? name) => WorkerId.TryParse(name, out _);

    internal static bool AreLabels(IReadOnlyDictionary<string, string>? labels) =>
        labels is null || (labels.Count <= LabelsMax && labels.All(label => label.Key is { Length: >= 1 and <= LabelMax } && label.Value is { Length: <= LabelMax }));
}
