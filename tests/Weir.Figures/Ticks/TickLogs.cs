using Weir.Testing.Waiting;
using Weir.Worker.Ticker;

namespace Weir.Figures.Ticks;

/// <summary>What the tickers' logs say, read on as they grow.</summary>
internal sealed class TickLogs(string folder)
{
    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _workers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Tick>> _ticks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Tick>> _runs = new(StringComparer.Ordinal);

    /// <summary>Each of the streams has ticked after a moment.</summary>
    public Task ReachAsync(IReadOnlyCollection<string> streams, TimeSpan after, TimeSpan bound, CancellationToken cancel) => Eventually.TrueAsync(
        $"a tick of each of {streams.Count} streams",
        token => AfterReadingAsync(() => streams.All(stream => Of(stream) is [.., var last] && last.At > after), token),
        bound,
        cancel);

    /// <summary>Each of the streams has ticked elsewhere last.</summary>
    public Task ReachOtherAsync(IReadOnlyCollection<string> streams, string than, TimeSpan bound, CancellationToken cancel) => Eventually.TrueAsync(
        $"a tick of each of {streams.Count} streams elsewhere than at {than}",
        token => AfterReadingAsync(() => streams.All(stream => Of(stream).MaxBy(tick => tick.Epoch).Worker != than), token),
        bound,
        cancel);

    /// <summary>The longest time without a tick of each stream, in s, from its last tick before a moment.</summary>
    public Task<IReadOnlyList<double>> GapsAsync(IReadOnlyCollection<string> streams, TimeSpan from, TimeSpan to, CancellationToken cancel) =>
        AfterReadingAsync<IReadOnlyList<double>>(() => [.. streams.Select(stream => Longest(Between(stream, from, to)))], cancel);

    /// <summary>From a moment to the first tick at another worker, in s.</summary>
    public Task<IReadOnlyList<double>> GapsToOtherAsync(IReadOnlyCollection<string> streams, string than, TimeSpan from, CancellationToken cancel) =>
        AfterReadingAsync<IReadOnlyList<double>>(
            () => [.. streams.Select(stream => (Of(stream).First(tick => tick.At > from && tick.Worker != than).At - from).TotalSeconds)], cancel);

    /// <summary>Of each handover after a moment: from the end of the old owner's handler to the start of the new one's, in s.</summary>
    public Task<IReadOnlyList<double>> HandoversAsync(IReadOnlyCollection<string> streams, TimeSpan from, CancellationToken cancel) =>
        AfterReadingAsync<IReadOnlyList<double>>(
            () =>
            [
                .. streams.SelectMany(stream => Pairs([.. (_runs.GetValueOrDefault(stream) ?? []).Where(run => run.At > from)]))
                    .Where(pair => pair is { First.What: 'E', Second.What: 'S' } && pair.First.Worker != pair.Second.Worker)
                    .Select(pair => (pair.Second.At - pair.First.At).TotalSeconds),
            ],
            cancel);

    /// <summary>From a moment to each stream's first tick after it, in s.</summary>
    public Task<IReadOnlyList<double>> FirstAfterAsync(IReadOnlyCollection<string> streams, TimeSpan moment, CancellationToken cancel) =>
        AfterReadingAsync<IReadOnlyList<double>>(() => [.. streams.Select(stream => (Of(stream).First(tick => tick.At > moment).At - moment).TotalSeconds)], cancel);

    /// <summary>How long after a moment a worker went on ticking under the incarnations it had before, in s; each such tick.</summary>
    public Task<IReadOnlyList<double>> LateAsync(string worker, TimeSpan moment, CancellationToken cancel) => AfterReadingAsync<IReadOnlyList<double>>(
        () =>
        {
            var all = _ticks.Values.SelectMany(ticks => ticks).Where(tick => tick.Worker == worker).ToList();
            var old = all.Where(tick => tick.At <= moment).Select(tick => tick.Incarnation).ToHashSet();
            return [.. all.Where(tick => tick.At > moment && old.Contains(tick.Incarnation)).Select(tick => (tick.At - moment).TotalSeconds)];
        },
        cancel);

    private static double Longest(IReadOnlyList<Tick> ticks) =>
        Pairs(ticks).Select(pair => (pair.Second.At - pair.First.At).TotalSeconds).DefaultIfEmpty(double.PositiveInfinity).Max();

    private static IEnumerable<(Tick First, Tick Second)> Pairs(IReadOnlyList<Tick> ticks) => ticks.Zip(ticks.Skip(1));

    // From the last tick before, so that a gap that begins at once counts whole; nothing where no tick came since.
    private IReadOnlyList<Tick> Between(string stream, TimeSpan from, TimeSpan to)
    {
        var ticks = Of(stream);
        var next = ticks.FindIndex(tick => tick.At > from);
        return next < 0 ? [] : [.. ticks.Skip(Math.Max(0, next - 1)).TakeWhile(tick => tick.At <= to)];
    }

    private List<Tick> Of(string stream) => _ticks.GetValueOrDefault(stream) ?? [];

    private async Task<T> AfterReadingAsync<T>(Func<T> look, CancellationToken cancel)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.ticks")) await ReadOnAsync(file, cancel);
        foreach (var ticks in _ticks.Values.Concat(_runs.Values)) ticks.Sort((left, right) => left.At.CompareTo(right.At));
        return look();
    }

    private async Task ReadOnAsync(string file, CancellationToken cancel)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var from = _read.GetValueOrDefault(file);
        stream.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(cancel);
        var whole = text.LastIndexOf('\n') + 1;
        _read[file] = from + whole;
        foreach (var line in text.AsSpan(0, whole).EnumerateLines())
        {
            if (TickLine.Worker(line) is { } worker) _workers[file] = worker;
            else if (TickLine.TryRead(line, out var read)) Add(Tick.Of(read, _workers.GetValueOrDefault(file, "")));
        }
    }

    private void Add(in Tick tick)
    {
        var lists = tick.What == 'T' ? _ticks : _runs;
        if (!lists.TryGetValue(tick.Stream, out var list)) lists[tick.Stream] = list = [];
        list.Add(tick);
    }
}
