using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weir.Checker;

/// <summary>What was found. <see cref="Doubled"/> and <see cref="StaleTicks"/> are of Unfenced streams: there the log is the effect; of a Fenced one it shows only what a process believed.</summary>
internal sealed record CheckReport
{
    private const int ShownMax = 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required long Ticks { get; init; }

    public required int Streams { get; init; }

    public required double IntervalMs { get; init; }

    public required double GapMs { get; init; }

    public required IReadOnlyList<Doubled> Doubled { get; init; }

    /// <summary>The same of Fenced streams: believed, and refused by the sink if it does its work.</summary>
    public required IReadOnlyList<Doubled> Believed { get; init; }

    public required long StaleTicks { get; init; }

    public required IReadOnlyList<string> NeverTicked { get; init; }

    public required IReadOnlyList<string> NotTickingAtTheEnd { get; init; }

    public required SinkFinding? Sink { get; init; }

    /// <summary>The median, over the streams, of each one's largest gap.</summary>
    public required double GapP50Ms { get; init; }

    public required double GapP99Ms { get; init; }

    public required double GapMaxMs { get; init; }

    /// <summary>The streams with gaps above <see cref="GapMs"/>, the worst first.</summary>
    public required IReadOnlyList<StreamGap> Gaps { get; init; }

    public required bool FailOnGap { get; init; }

    public bool IsClean =>
        Doubled.Count + NeverTicked.Count + NotTickingAtTheEnd.Count + (Sink?.Stale.Count ?? 0) == 0 && !(FailOnGap && Gaps.Count > 0);

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal string ToText()
    {
        var text = new StringBuilder();
        Line($"{Streams} streams, {Ticks} ticks, one each {IntervalMs:0} ms: {(IsClean ? "clean" : "FOUND")}");
        Line($"doubled     {Doubled.Count}{Show(Doubled, each => $"{each.Stream}: {each.First} and {each.Second} for {each.OverlapMs:0} ms")}");
        Line($"believed    {Believed.Count} (Fenced streams: the sink decides)");
        Line($"stale ticks {StaleTicks} (Unfenced streams)");
        if (Sink is { } sink)
            Line($"sink        {sink.Rows} rows, {sink.Stale.Count} taken under an old epoch{Show(sink.Stale, each => $"{each.Stream}: epoch {each.Epoch} by {each.Worker} after {each.Claimed}")}");
        Line($"lost        {NeverTicked.Count} never ticked{Show(NeverTicked, each => each)}, {NotTickingAtTheEnd.Count} not at the end{Show(NotTickingAtTheEnd, each => each)}");
        Line($"gaps        p50 {GapP50Ms:0} ms, p99 {GapP99Ms:0} ms, max {GapMaxMs:0} ms; {Gaps.Count} streams above {GapMs:0} ms{Show(Gaps, each => $"{each.Stream}: {each.LargestMs:0} ms, {each.Gaps} of them")}");
        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static string Show<T>(IReadOnlyList<T> found, Func<T, string> words) => found.Count == 0
        ? ""
        : string.Concat(found.Take(ShownMax).Select(each => $"\n              {words(each)}")) + (found.Count > ShownMax ? $"\n              and {found.Count - ShownMax} more" : "");
}
