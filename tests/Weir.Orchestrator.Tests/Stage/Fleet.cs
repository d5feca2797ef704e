using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>A replica and scripted workers, registered by rows as Registry would write them.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly Servers _servers;
    private readonly Dictionary<string, RawWorker> _workers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Incarnation> _lives = new(StringComparer.Ordinal);

    private Fleet(Servers servers, Replica replica) => (_servers, Replica) = (servers, replica);

    internal Replica Replica { get; }

    internal Given Given => Replica.Given;

    internal IEnumerable<RawWorker> Workers => _workers.OrderBy(worker => worker.Key, StringComparer.Ordinal).Select(worker => worker.Value);

    internal static async Task<Fleet> OfAsync(Servers servers, int workers, Action<OrchestratorOptions>? change = null)
    {
        var fleet = new Fleet(servers, await Replica.StartAsync(servers, change: change));
        for (var worker = 1; worker <= workers; worker++) await fleet.JoinAsync($"w{worker}");
        return fleet;
    }

    internal static IEnumerable<string> Names(int count, string prefix = "s") => Enumerable.Range(1, count).Select(number => $"{prefix}{number:000}");

    internal RawWorker Worker(string name) => _workers[name];

    internal Incarnation Incarnation(string name) => _lives[name];

    internal async Task<RawWorker> JoinAsync(string name, Action<RawWorker>? script = null, string process = "p1")
    {
        var worker = await RawWorker.StartAsync(_servers.Broker, name, process);
        script?.Invoke(worker);
        _workers[name] = worker;
        _lives[name] = await Given.WorkerAsync(name, process);
        return worker;
    }

    /// <summary>Waits until so many streams are owned, by that worker or by any, and every owner runs them.</summary>
    internal Task AllOwnedAsync(int count, string? by = null) => Eventually.TrueAsync(
        $"{count} streams to be owned",
        async _ =>
        {
            var rows = await Given.RowsAsync();
            return rows.Count == count && rows.All(row => row.State == AssignmentState.Owned && !row.Migrating
                && (by is null || row.Worker!.Value.Value == by)
                && _workers.TryGetValue(row.Worker!.Value.Value, out var worker) && worker.Running.GetValueOrDefault(row.Stream.Value) == row.Epoch.Value);
        },
        Replica.Bound,
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Replica.DisposeAsync();
        foreach (var worker in _workers.Values) await worker.DisposeAsync();
    }
}
