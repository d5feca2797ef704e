using Weir.Bus.Names;
using Weir.Contracts.Leases;
using Weir.Contracts.Registration;
using Weir.Testing.Servers;

namespace Weir.Registry.Tests.Stage;

/// <summary>A worker process written from the contracts alone.</summary>
internal sealed class RawWorker : IAsyncDisposable
{
    private readonly string _id;
    private readonly string _process;
    private readonly string _pool;
    private long _sequence;

    private RawWorker(string id, string process, string pool, RawClient client) => (_id, _process, _pool, Client) = (id, process, pool, client);

    internal RawClient Client { get; }

    internal long Incarnation { get; private set; }

    /// <summary>The number of its latest beat.</summary>
    internal long Sequence => _sequence;

    /// <param name="broker">Where.</param>
    /// <param name="id">The worker.</param>
    /// <param name="process">Its process.</param>
    /// <param name="reads">False for one whose commands stay in their queue: its reader hangs, and its beats go on.</param>
    /// <param name="pool">Where it works.</param>
    internal static async Task<RawWorker> StartAsync(BrokerAddress broker, string id, string process = "p1", bool reads = true, string pool = "default") =>
        await StartAsync(await RawClient.ConnectAsync(broker), id, process, reads, pool);

    /// <summary>On a connection that is there already.</summary>
    internal static async Task<RawWorker> StartAsync(RawClient client, string id, string process = "p1", bool reads = true, string pool = "default")
    {
        if (reads) await client.HearAsync(BrokerNames.WorkerQueue(id, process));
        else await client.HoldAsync(BrokerNames.WorkerQueue(id, process));
        await client.HearAsync(BrokerNames.WorkerBeatQueue(id, process));
        return new RawWorker(id, process, pool, client);
    }

    internal RegisterWorker Registration(long attempt = 1, int part = 1, int parts = 1, double capacity = 10, params Holding[] holdings) =>
        new(_id, _process, attempt, _pool, capacity, part, parts, holdings);

    internal Task AskAsync(RegisterWorker registration) => Client.PutAsync("weir.registry.register", registration);

    internal async Task<long> RegisterAsync(long attempt = 1)
    {
        await AskAsync(Registration(attempt));
        return Incarnation = (await Client.FirstAsync<WorkerRegistered>(answer => answer.Attempt == attempt && answer.ProcessId == _process)).Incarnation;
    }

    /// <summary>One that hears no commands is told its life by somebody else.</summary>
    internal void Live(long incarnation) => Incarnation = incarnation;

    internal Task BeatAsync(int running = 0, int stuck = 0, long? incarnation = null, long markRead = 0) =>
        Client.PutAsync("weir.registry.beats", new WorkerBeat(_id, incarnation ?? Incarnation, ++_sequence, markRead, running, stuck, "0", 0.5, 1 << 20, _process));

    internal async Task<LeaseRenewed> RenewAsync(int running = 0)
    {
        await BeatAsync(running);
        var sequence = _sequence;
        return await Client.FirstAsync<LeaseRenewed>(answer => answer.Sequence == sequence && answer.Incarnation == Incarnation);
    }

    /// <summary>Beats and waits for the answer, whichever it is.</summary>
    /// <returns>Why it was refused; null when it was renewed.</returns>
    internal async Task<LeaseRefused?> TryRenewAsync()
    {
        await BeatAsync();
        var sequence = _sequence;
        return await Testing.Waiting.Eventually.GetAsync(
            $"an answer to beat {sequence}",
            _ => Task.FromResult(
                Client.All<LeaseRefused>().FirstOrDefault(answer => answer.Sequence == sequence) is { } refused ? Tuple.Create<LeaseRefused?>(refused)
                : Client.All<LeaseRenewed>().Any(answer => answer.Sequence == sequence) ? Tuple.Create<LeaseRefused?>(null)
                : null),
            TimeSpan.FromSeconds(20),
            TestContext.Current.CancellationToken) is { Item1: var answer } ? answer : null;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
