namespace Weir.Benchmarks.Outbox;

/// <summary>What one question is asked on.</summary>
internal sealed record Bench(Plan Plan, string Postgres, Uri Broker, Bar Bar)
{
    public Task<BenchHost> StartAsync(string name, CancellationToken cancel, Func<BenchSettings, BenchSettings>? change = null) =>
        BenchHost.StartAsync((change ?? (one => one))(new BenchSettings(name, Postgres, Broker)), cancel);
}
