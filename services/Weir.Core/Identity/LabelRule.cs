namespace Weir.Core.Identity;

/// <summary>
/// What labels may look like: at most 16 names of 1 to 64 characters with values of at most 64, no control character in either;
/// neither a terminal nor the store takes those. One rule for the worker that has labels, the services that take them in and
/// whoever declares streams.
/// </summary>
public static class LabelRule
{
    private const int CountMax = 16;
    private const int LengthMax = 64;

    /// <summary>The first thing that is wrong with some labels; null when nothing is, or when there are none.</summary>
    public static LabelFault? Fault(IReadOnlyCollection<KeyValuePair<string, string>>? labels)
    {
        if (labels is null) return null;
        if (labels.Count > CountMax) return new LabelFault("", $"{labels.Count} labels", $"at most {CountMax}");
        foreach (var (name, value) in labels)
        {
            if (name is not { Length: > 0 } || !IsText(name)) return new LabelFault("", name, $"names of 1 to {LengthMax} characters and no control character");
            if (!IsText(value)) return new LabelFault(name, value, $"at most {LengthMax} characters and no control character");
        }

        return null;
    }

    // JSON and configuration leave out what they like, so a value may be missing whatever its type says.
    private static bool IsText(string? text) => text is { Length: <= LengthMax } && !text.Any(char.IsControl);
}
