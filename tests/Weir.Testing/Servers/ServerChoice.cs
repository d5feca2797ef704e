using Weir.Testing.Waiting;

namespace Weir.Testing.Servers;

/// <summary>
/// Chooses where servers come from: the environment's addresses, else the first source that works, in order. A
/// source that failed is not tried again while another follows it. Touches nothing itself, so that each path can be
/// shown without a server.
/// </summary>
internal sealed class ServerChoice(
    InfraSettings settings, IReadOnlyList<IServerSource> sources, Func<ServerPair, CancellationToken, Task> reach, ServerLog log)
{
    // Two cold image pulls at worst; the same for all who wait, so no one caller's token can end it.
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<ServerKind, string> _failed = [];
    private Task<ServerPair>? _shared;

    /// <summary>The shared pair, started by whoever asks first. A failure is told to all who ask.</summary>
    /// <exception cref="ServersUnavailableException">Nothing worked.</exception>
    public Task<ServerPair> SharedAsync(CancellationToken cancel)
    {
        lock (_gate) _shared ??= ChoosePairAsync();
        return _shared.WaitAsync(cancel);
    }

    /// <summary>Starts something of the caller's own. The environment's addresses cannot be broken, so they do not serve here.</summary>
    /// <exception cref="ServersUnavailableException">Nothing worked.</exception>
    public Task<T> OwnAsync<T>(Func<IServerSource, CancellationToken, Task<T>> start, CancellationToken cancel) =>
        FirstThatWorksAsync(settings.Forced == ServerKind.Env ? null : settings.Forced, [], start, cancel);

    private async Task<ServerPair> ChoosePairAsync()
    {
        using var bound = Patience.Limit(StartBound, CancellationToken.None);
        List<string> tried = [];
        if (settings.Allows(ServerKind.Env))
        {
            if (settings.AddressObstacle() is not { } obstacle) return await AdoptAsync(bound.Token);
            tried.Add($"{ServerLog.Word(ServerKind.Env)}: {obstacle}");
            if (settings.Forced == ServerKind.Env) throw new ServersUnavailableException(tried);
        }

        return await FirstThatWorksAsync(settings.Forced, tried, StartPairAsync, bound.Token);
    }

    // Whoever names addresses means those: other servers in their place would only hide that they do not answer.
    private async Task<ServerPair> AdoptAsync(CancellationToken cancel)
    {
        var begun = log.Begin();
        var pair = new ServerPair(
            ServerKind.Env, BrokerAddress.Parse(settings.RabbitMq!, settings.Management), new DatabaseAddress(settings.Postgres!));
        try
        {
            await reach(pair, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw new ServersUnavailableException([$"{ServerLog.Word(ServerKind.Env)}: the addresses are set, but {Reason(e)}"]);
        }

        await log.ReadyAsync(ServerKind.Env, ServerLog.RabbitMq, begun, cancel);
        await log.ReadyAsync(ServerKind.Env, ServerLog.Postgres, begun, cancel);
        return pair;
    }

    private async Task<T> FirstThatWorksAsync<T>(
        ServerKind? forced, List<string> tried, Func<IServerSource, CancellationToken, Task<T>> start, CancellationToken cancel)
    {
        foreach (var source in sources.Where(s => forced is null || forced == s.Kind))
        {
            var why = Failure(source.Kind) ?? await source.ObstacleAsync(cancel);
            if (why is null)
            {
                try
                {
                    return await start(source, cancel);
                }
                catch (Exception e) when (!cancel.IsCancellationRequested)
                {
                    why = $"could not start: {Reason(e)}";
                    if (source != sources[^1]) Remember(source.Kind, why);
                }
            }

            tried.Add($"{ServerLog.Word(source.Kind)}: {why}");
        }

        throw new ServersUnavailableException(tried);
    }

    // They live until the process ends: whatever the source started dies with it.
    private static async Task<ServerPair> StartPairAsync(IServerSource source, CancellationToken cancel)
    {
        var broker = source.StartBrokerAsync(cancel);
        var database = source.StartDatabaseAsync(cancel);
        await AllOrNone.UpAsync(AnyAsync(broker), AnyAsync(database));
        return new ServerPair(source.Kind, (await broker).Address, (await database).Address);

        static async Task<TestServer> AnyAsync<T>(Task<T> starting)
            where T : TestServer => await starting;
    }

    private string? Failure(ServerKind kind)
    {
        lock (_gate) return _failed.GetValueOrDefault(kind);
    }

    private void Remember(ServerKind kind, string why)
    {
        lock (_gate)
        {
            if (!_failed.TryAdd(kind, why)) return;
        }

        log.PassedOver(kind, why);
    }

    private static string Reason(Exception e) => $"{e.GetType().Name}: {e.Message.Split('\n')[0].Trim()}";
}
