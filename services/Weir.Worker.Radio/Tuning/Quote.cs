namespace Weir.Worker.Radio.Tuning;

/// <summary>Words of a station's, made fit for a log: short, and without what a terminal would obey.</summary>
internal static class Quote
{
    private const int LengthMax = 120;

    internal static string Of(string? words)
    {
        var fit = string.Concat((words ?? "").Take(LengthMax).Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return words is { Length: > LengthMax } ? $"{fit}…" : fit;
    }
}
