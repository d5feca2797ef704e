namespace Weir.Worker.Radio.Stations;

/// <summary>What a list says of one station, not checked yet.</summary>
/// <param name="Number">The line, from 1.</param>
/// <param name="Id">Null where the list has none.</param>
/// <param name="Url">As it stands there.</param>
/// <param name="Title">What people call it; null where it is not said.</param>
/// <param name="Labels">As they stand there.</param>
internal sealed record StationLine(int Number, string? Id, string? Url, string? Title, IReadOnlyDictionary<string, string> Labels)
{
    private const int LabelLengthMax = 64;

    /// <summary>The labels of a list that has only titles: the title, cut to what a label holds.</summary>
    internal static Dictionary<string, string> Named(string? title) =>
        string.IsNullOrEmpty(title) ? [] : new(StringComparer.Ordinal) { ["name"] = Cut(title) };

    internal static string Cut(string value) => value.Length <= LabelLengthMax ? value : value[..LabelLengthMax];
}
