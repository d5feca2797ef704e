namespace Weir.Checker;

/// <summary>Reads everything once and judges it.</summary>
internal static class Check
{
    private const double NanosecondsAMs = 1e6;
    private const int EndIntervals = 3;

    internal static async Task<CheckReport> RunAsync(CheckerOptions options, CancellationToken cancel)
    {
        var interval = TickLogs.IntervalMs(options.LogDirectory);
        var streams = new Dictionary<string, StreamHistory>(StringComparer.Ordinal);
        var end = 0L;
        foreach (var tick in TickLogs.Read(options.LogDirectory).Where(tick => tick.UnixMs >= options.From && tick.UnixMs <= options.To))
        {
            if (!streams.TryGetValue(tick.Stream, out var history))
                streams.Add(tick.Stream, history = new StreamHistory(tick.Stream, interval));
            history.Add(tick, options.GapMs);
            end = Math.Max(end, tick.At);
        }

        var doubled = streams.Values.SelectMany(each => each.DoubledSpells).ToLookup(each => each.IsFenced);
        var gaps = streams.Values.Select(each => each.LargestGapMs).Order().ToList();
        var late = Math.Max(options.GapMs, EndIntervals * interval) * NanosecondsAMs;
        var expected = options.Expect ?? [];
        return new CheckReport
        {
            Ticks = streams.Values.Sum(each => each.Ticks),
            Streams = streams.Count,
            IntervalMs = interval,
            GapMs = options.GapMs,
            FailOnGap = options.FailOnGap,
            Doubled = [.. doubled[false]],
            Believed = [.. doubled[true]],
            StaleTicks = streams.Values.Where(each => !each.IsFenced).Sum(each => each.StaleTicks),
            NeverTicked = [.. expected.Where(stream => !streams.ContainsKey(stream))],
            NotTickingAtTheEnd = [.. expected.Where(stream => streams.TryGetValue(stream, out var history) && end - history.LastAt > late)],
            Sink = options.Sink is null ? null : await SinkRows.ReadAsync(options.Sink, cancel),
            GapP50Ms = At(gaps, 0.5),
            GapP99Ms = At(gaps, 0.99),
            GapMaxMs = At(gaps, 1),
            Gaps = [.. streams.Values.Where(each => each.Gaps > 0).Select(each => new StreamGap(each.Stream, each.LargestGapMs, each.Gaps)).OrderByDescending(each => each.LargestMs)],
        };
    }

    // Nearest rank: a figure that was really measured.
    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
