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

    private readonly Replica? _replica;

    private Fleet(Servers servers, Replica? replica, Given given) => (_servers, _replica, Given) = (servers, replica, given);

    internal Replica Replica => _replica ?? throw new InvalidOperationException("This fleet's replicas are processes of their own.");

    internal Given Given { get; }

    internal IEnumerable<RawWorker> Workers => _workers.OrderBy(worker => worker.Key, StringComparer.Ordinal).Select(worker => worker.Value);

    internal static async Task<Fleet> OfAsync(Servers servers, int workers, Action<OrchestratorOptions>? change = null)
    {
        var replica = await Replica.StartAsync(servers, change: change);
        return await JoinedAsync(new Fleet(servers, replica, replica.Given), workers);
    }

    /// <summary>Workers for replicas that somebody else starts and stops.</summary>
    internal static Task<Fleet> BesideAsync(Servers servers, Given given, int workers) => JoinedAsync(new Fleet(servers, replica: null, given), workers);

    private static async Task<Fleet> JoinedAsync(Fleet fleet, int workers)
    {
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
        if (_replica is not null) await _replica.DisposeAsync();
        foreach (var worker in _workers.Values) await worker.DisposeAsync();
    }
}
