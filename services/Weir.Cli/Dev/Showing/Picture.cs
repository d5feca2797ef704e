using System.Globalization;
using Weir.Cli.Dev.Reading;

namespace Weir.Cli.Dev.Showing;

/// <summary>Draws the fleet: a pure function from what is known to lines of text.</summary>
internal static class Picture
{
    internal const int WidthMin = 60;
    internal const int HeightMin = 14;

    // Title, two lines of state, rules, the unowned, some of what has happened, the keys.
    private const int Around = 12;
    private const int SideBySideFrom = 120;
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(3);

    /// <param name="scene">The fleet as it was read.</param>
    /// <param name="stage">What is round it.</param>
    /// <param name="now">The run's clock.</param>
    /// <param name="width">Columns there are.</param>
    /// <param name="height">Lines there are.</param>
    internal static Paper Draw(Scene scene, Stage stage, TimeSpan now, int width, int height)
    {
        var paper = new Paper(width, height);
        if (width < WidthMin || height < HeightMin)
        {
            paper.Line().Add(Counts(scene.Streams));
            paper.Line().Add(string.Create(CultureInfo.InvariantCulture, $"The window is too small for the picture: {WidthMin}x{HeightMin} is right."));
            return paper;
        }

        Head(paper, scene, stage, now);
        paper.Rule("workers");
        WorkerPanel.Draw(paper, scene, now, Math.Max(3, height - Around));
        Below(paper, scene, stage, now);
        paper.SkipTo(2);
        paper.Rule();
        Keys(paper, stage);
        return paper;
    }

    private static string Counts(StreamCounts counts)
    {
        var rest = (counts.Quarantined > 0 ? FormattableString.Invariant($"  quarantined {counts.Quarantined}") : "") + (counts.Paused > 0 ? FormattableString.Invariant($"  paused {counts.Paused}") : "");
        return FormattableString.Invariant($"{counts.Total} streams: running {counts.Running}  starting {counts.Starting}  unowned {counts.Unowned}{rest}");
    }

    private static void Head(Paper paper, Scene scene, Stage stage, TimeSpan now)
    {
        var clock = Figures.Clock(now);
        paper.Line().Add("weir dev", Ink.Strong).Add($"  {stage.Address}", Ink.Faint).To(paper.Width - clock.Length).Add(clock, Ink.Faint);
        var (counts, ink) = (scene.Streams, scene.Streams.Unowned > 0 ? Ink.Bad : scene.Streams.AllRun ? Ink.Good : Ink.Plain);
        var level = string.Create(CultureInfo.InvariantCulture, $"score {scene.Score:0.00}  spread {Figures.Percent(scene.Spread)}");
        var line = paper.Line().Add(Counts(counts), ink);
        var fits = line.Left > level.Length;
        if (fits)
            line.To(paper.Width - level.Length).Add(level, Ink.Strong);
        var state = paper.Line().Add("bus ", Ink.Faint);
        State(state, stage.Bus, stage.BusTrouble);
        state.Add(" · store ", Ink.Faint);
        State(state, stage.Store, stage.StoreTrouble);
        state.Add(string.Create(CultureInfo.InvariantCulture, $" · plan {scene.Version}"), Ink.Faint);
        if (now - scene.ReadAt > StaleAfter)
            state.Add($"  read {Figures.Span(now - scene.ReadAt)} ago", Ink.Warning);
        if (!fits && state.Left > level.Length)
            state.To(paper.Width - level.Length).Add(level, Ink.Strong);
    }

    private static void State(Line line, string what, string? trouble)
    {
        if (trouble is null)
            line.Add($"{what} ").Add("ok", Ink.Good);
        else
            line.Add($"{what} ").Add($"AWAY: {trouble}", Ink.Bad);
    }

    private static void Below(Paper paper, Scene scene, Stage stage, TimeSpan now)
    {
        var rows = paper.Left - 2;
        if (stage.Explains)
        {
            paper.Rule("keys");
            foreach (var line in DevWords.Keys.Take(rows - 1))
                paper.Line().Add(line);
            return;
        }

        if (paper.Width >= SideBySideFrom)
        {
            SideBySide(paper, scene, now, rows);
            return;
        }

        var unowned = Math.Min(scene.Unowned.Count + 1, Math.Max(2, rows / 2));
        paper.Rule(UnownedTitle(scene, now));
        foreach (var line in EventPanel.Unowned(scene, now, unowned - 1, paper.Width))
            paper.Line().Append(line);
        paper.Rule("moves and what else happens");
        foreach (var line in EventPanel.Happenings(scene, now, paper.Left - 2, paper.Width))
            paper.Line().Append(line);
    }

    private static void SideBySide(Paper paper, Scene scene, TimeSpan now, int rows)
    {
        var left = paper.Width * 2 / 5;
        var unowned = EventPanel.Unowned(scene, now, rows - 1, left - 2);
        var happenings = EventPanel.Happenings(scene, now, rows - 1, paper.Width - left);
        var title = paper.Line().Add("── ", Ink.Faint).Add(UnownedTitle(scene, now), Ink.Strong).Add(" ");
        title.Add(new string('─', Math.Max(0, left - 1 - title.Length)), Ink.Faint).To(left).Add("── ", Ink.Faint).Add("moves and what else happens", Ink.Strong).Add(" ");
        title.Add(new string('─', title.Left), Ink.Faint);
        for (var row = 0; row < rows - 1; row++)
        {
            var line = paper.Line();
            if (row < unowned.Count)
                line.Append(unowned[row]);
            if (row < happenings.Count)
                line.To(left).Append(happenings[row]);
        }
    }

    private static string UnownedTitle(Scene scene, TimeSpan now) => scene.Unowned.Count == 0
        ? "every stream has an owner"
        : $"{Figures.Plural(scene.Unowned.Count, "stream")} without an owner, the longest for {Figures.Span(now - scene.Unowned[0].Since)}";

    private static void Keys(Paper paper, Stage stage)
    {
        var line = paper.Line();
        foreach (var (key, does) in DevWords.KeyLine)
            line.Add(key, Ink.Strong).Add($" {does}  ", Ink.Faint);
        if (stage.Note.Length > 0)
            line.Add($" {stage.Note}", Ink.Warning);
    }
}
