using Weir.Cli.Dev.Reading;

namespace Weir.Cli.Dev.Showing;

/// <summary>Streams without an owner with their clocks, moves under way with theirs, and what has happened before.</summary>
internal static class EventPanel
{
    private const int ClockWidth = 10;

    internal static IReadOnlyList<Line> Unowned(Scene scene, TimeSpan now, int rows, int width)
    {
        var lines = new List<Line>();
        var shown = scene.Unowned.Count <= rows ? scene.Unowned.Count : Math.Max(0, rows - 1);
        foreach (var stream in scene.Unowned.Take(shown))
            lines.Add(new Line(width).Column(Figures.Span(now - stream.Since), ClockWidth, Ink.Bad, right: true).Add("  ").Add(stream.Stream, Ink.Strong).Add($"  {stream.Why}", Ink.Faint));
        if (shown < scene.Unowned.Count && rows > 0)
            lines.Add(new Line(width).Add($"{"",ClockWidth}  and {scene.Unowned.Count - shown} more", Ink.Faint));
        return lines;
    }

    internal static IReadOnlyList<Line> Happenings(Scene scene, TimeSpan now, int rows, int width)
    {
        var lines = new List<Line>();
        var moves = scene.Moves.Count <= rows / 2 ? scene.Moves.Count : Math.Max(0, rows / 2 - 1);
        foreach (var move in scene.Moves.Take(moves))
        {
            lines.Add(new Line(width).Column(Figures.Span(now - move.Since), ClockWidth, Ink.Moving, right: true).Add("  ")
                .Add($"{move.Stream}  {move.From} → {move.To}", Ink.Moving).Add($"  {move.State}{(move.Why.Length > 0 ? $" ({move.Why})" : "")}", Ink.Faint));
        }

        if (moves < scene.Moves.Count && rows > 0)
            lines.Add(new Line(width).Add($"{"",ClockWidth}  and {scene.Moves.Count - moves} more under way", Ink.Moving));
        foreach (var happening in scene.Happenings.Take(Math.Max(0, rows - lines.Count)))
            lines.Add(new Line(width).Column(Figures.Clock(happening.At), ClockWidth, Ink.Faint, right: true).Add("  ").Add(happening.Words, Of(happening.Kind)));
        return lines;
    }

    private static Ink Of(HappeningKind kind) => kind switch
    {
        HappeningKind.Good => Ink.Good,
        HappeningKind.Move => Ink.Moving,
        HappeningKind.Warning => Ink.Warning,
        HappeningKind.Bad => Ink.Bad,
        _ => Ink.Plain,
    };
}
