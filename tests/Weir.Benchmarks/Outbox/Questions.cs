namespace Weir.Benchmarks.Outbox;

/// <summary>All questions. A variant that consumes the same queue as another runs alone.</summary>
internal static class Questions
{
    private const int WarmUp = 200;

    public static IReadOnlyList<Question> All { get; } =
    [
        new("publish", PublishAsync),
        new("latency", LatencyAsync),
        new("replicas", ReplicasAsync),
        new("backlog", BacklogAsync),
        new("consume", (bench, cancel) => ConsumeAsync(bench, "consumer, prefetch 32", settings => settings with { HasWork = true }, 0.50, cancel)),
        new("batch", (bench, cancel) => ConsumeAsync(bench, "batch consumer", settings => settings with { HasBatches = true }, 0.70, cancel)),
        new("beats", BeatsAsync),
        new("memory", MemoryAsync),
    ];

    private static async Task PublishAsync(Bench bench, CancellationToken cancel)
    {
        await using var plain = await bench.StartAsync("plain", cancel, settings => settings with { HasOutbox = false, Hears = false });
        await using var outbox = await bench.StartAsync("outbox", cancel);
        await using var raw = await RawClient.OpenAsync(bench.Broker, bench.Postgres, cancel);
        await Workload.PublishAsync(plain, outbox, WarmUp, cancel);
        await Workload.PublishAsync(outbox, outbox, WarmUp, cancel);
        await raw.PublishAsync(WarmUp, cancel);

        var series = new Series("Row and event outside consumers, 16 publishers", "messages/s to heard");
        await series.RunAsync(
            bench.Plan.Rounds,
            ("no outbox", () => Workload.PublishAsync(plain, outbox, bench.Plan.Messages, cancel)),
            ("outbox", () => Workload.PublishAsync(outbox, outbox, bench.Plan.Messages, cancel)),
            ("raw client", () => raw.PublishAsync(bench.Plan.Messages, cancel)));
        series.Print();
        bench.Bar.AtLeast("bus outbox to no outbox", series.Ratio("outbox", "no outbox"), 0.85);
    }

    private static async Task LatencyAsync(Bench bench, CancellationToken cancel)
    {
        await using var plain = await bench.StartAsync("plain", cancel, settings => settings with { HasOutbox = false, Hears = false });
        await using var outbox = await bench.StartAsync("outbox", cancel);
        await Workload.PublishAsync(plain, outbox, WarmUp, cancel);
        await Workload.PublishAsync(outbox, outbox, WarmUp, cancel);
        foreach (var perSecond in (int[])[50, 500])
        {
            var series = new Series($"At {perSecond}/s, before the save to heard", "ms");
            for (var round = 0; round < bench.Plan.Rounds; round++)
            {
                await AddAsync("no outbox", plain);
                await AddAsync("outbox", outbox);
            }

            series.Print();
            if (perSecond == 50) bench.Bar.AtMost("p50 at 50/s", series.Median("outbox p50"), 4);
            bench.Bar.AtMost($"p99 at {perSecond}/s", series.Median("outbox p99"), perSecond == 50 ? 8 : 25);

            async Task AddAsync(string variant, BenchHost writer)
            {
                var (p50, p99) = await Workload.PacedAsync(writer, outbox, perSecond, bench.Plan.Paced, cancel);
                series.Add($"{variant} p50", p50);
                series.Add($"{variant} p99", p99);
            }
        }
    }

    private static async Task ReplicasAsync(Bench bench, CancellationToken cancel)
    {
        await using var one = await bench.StartAsync("one", cancel);
        await using var other = await bench.StartAsync("other", cancel, settings => settings with { Hears = false });
        await using var mute = await bench.StartAsync("mute", cancel, settings => settings with { Hears = false, Delivers = false });
        await Workload.PublishAsync(one, one, WarmUp, cancel);
        await Workload.PublishAsync(other, one, WarmUp, cancel);
        var series = new Series("Two replicas deliver, 50/s from one of them; or from a process that does not deliver", "ms");
        for (var round = 0; round < bench.Plan.Rounds; round++)
        {
            foreach (var (variant, writer) in ((string, BenchHost)[])[("two replicas", other), ("cross-process", mute)])
                await AddAsync(variant, writer);
        }

        series.Print();

        async Task AddAsync(string variant, BenchHost writer)
        {
            var (p50, p99) = await Workload.PacedAsync(writer, one, 50, bench.Plan.Paced, cancel);
            series.Add($"{variant} p50", p50);
            series.Add($"{variant} p99", p99);
        }
    }

    private static async Task BacklogAsync(Bench bench, CancellationToken cancel)
    {
        await using var writer = await bench.StartAsync("writer", cancel, settings => settings with { Delivers = false });
        var series = new Series($"Backlog of {bench.Plan.Backlog} rows", "messages/s");
        await series.RunAsync(bench.Plan.Rounds, ("empty tables", DrainAsync));
        await OldRows.AddAsync(writer, bench.Plan.OldRows, cancel);
        await series.RunAsync(bench.Plan.Rounds, ($"{bench.Plan.OldRows} old rows", DrainAsync));
        series.Print();
        bench.Bar.AtLeast("backlog, messages/s", series.Median("empty tables"), 6_000);
        bench.Bar.AtLeast($"backlog with {bench.Plan.OldRows} old rows, messages/s", series.Median($"{bench.Plan.OldRows} old rows"), 6_000);

        Task<double> DrainAsync() => Workload.BacklogAsync(
            writer, writer, bench.Plan.Backlog, () => bench.StartAsync("deliverer", cancel, settings => settings with { Hears = false }), cancel);
    }

    private static async Task ConsumeAsync(Bench bench, string title, Func<BenchSettings, BenchSettings> kind, double atLeast, CancellationToken cancel)
    {
        await using var hearer = await bench.StartAsync("hearer", cancel, settings => settings with { HasOutbox = false });
        var series = new Series($"Row and event in a {title}", "messages/s to heard");
        await series.RunAsync(bench.Plan.Rounds, ("no outbox", () => RoundAsync(false)), ("inbox and outbox", () => RoundAsync(true)));
        series.Print();
        bench.Bar.AtLeast($"{title}, with to without", series.Ratio("inbox and outbox", "no outbox"), atLeast);

        async Task<double> RoundAsync(bool hasOutbox)
        {
            await using var worker = await bench.StartAsync("worker", cancel, settings => kind(settings) with { HasOutbox = hasOutbox, Hears = false });
            await Workload.ConsumeAsync(hearer, hearer, WarmUp * 2, cancel);
            return await Workload.ConsumeAsync(hearer, hearer, bench.Plan.Messages, cancel);
        }
    }

    private static async Task BeatsAsync(Bench bench, CancellationToken cancel)
    {
        await using var host = await bench.StartAsync("beats", cancel, settings => settings with { HasOutbox = false, Hears = false, HasBeats = true });
        await Workload.BeatsAsync(host, bench.Plan.Messages, cancel);
        var series = new Series("Beats in batches of 250 into one upsert each", "messages/s end to end");
        await series.RunAsync(bench.Plan.Rounds, ("batches", () => Workload.BeatsAsync(host, bench.Plan.Messages * 5, cancel)));
        series.Print();
        bench.Bar.AtLeast("beats, messages/s", series.Median("batches"), 8_000);
    }

    private static async Task MemoryAsync(Bench bench, CancellationToken cancel)
    {
        await using var outbox = await bench.StartAsync("outbox", cancel);
        await Workload.PublishAsync(outbox, outbox, Math.Max(2_000, bench.Plan.Soak / 20), cancel);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Workload.PublishAsync(outbox, outbox, bench.Plan.Soak, cancel);
        _ = outbox.Tally.Expect(1);
        var growth = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;
        bench.Bar.AtMost($"growth of the heap over {bench.Plan.Soak} messages, MB", growth, 20);
    }
}
