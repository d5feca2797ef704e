using System.Net.Sockets;
using Npgsql;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers;

/// <summary>A server that one test owns and may break. Dispose it, or it lives until the test process ends.</summary>
public abstract class TestServer : IAsyncDisposable
{
    // A broker takes 4 to 10 s on two cores; with 22 processes waiting for them, one took 63 s.
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookBound = TimeSpan.FromSeconds(3);

    private readonly IServerProcess _process;
    private readonly IReadOnlyList<IAsyncDisposable> _along;

    private protected TestServer(ServerKind kind, IServerProcess process, IReadOnlyList<IAsyncDisposable> along)
    {
        Kind = kind;
        _process = process;
        _along = along;
    }

    public ServerKind Kind { get; }

    /// <summary>SIGKILL to the whole server, as a power cut of its host; returns when it is gone.</summary>
    public Task KillAsync(CancellationToken cancel = default) => _process.KillAsync(cancel);

    /// <summary>Starts it again on the same port and data, killing it first where it still runs; returns when it is ready.</summary>
    public async Task RestartAsync(CancellationToken cancel = default)
    {
        await _process.KillAsync(cancel);
        await StartAsync(cancel);
    }

    /// <summary>The server hangs: nothing answers and every socket stays open, until <see cref="ThawAsync"/>.</summary>
    public Task FreezeAsync(CancellationToken cancel = default) => _process.FreezeAsync(cancel);

    public Task ThawAsync(CancellationToken cancel = default) => _process.ThawAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        foreach (var one in _along) await one.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts it for the first time; what was started is gone again where that fails.</summary>
    internal async Task BringUpAsync(CancellationToken cancel)
    {
        var up = false;
        try
        {
            await StartAsync(cancel);
            up = true;
        }
        finally
        {
            if (!up) await DisposeAsync();
        }
    }

    /// <summary>Throws what a client throws, as long as the server does not answer.</summary>
    private protected abstract Task AnswerAsync(CancellationToken cancel);

    private async Task StartAsync(CancellationToken cancel)
    {
        await _process.StartAsync(cancel);
        await Eventually.TrueAsync($"{this} to answer", LookAsync, StartBound, cancel);
    }

    private async Task<bool> LookAsync(CancellationToken cancel)
    {
        using var bound = Patience.Limit(LookBound, cancel);
        try
        {
            await AnswerAsync(bound.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or NpgsqlException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
        }

        return await _process.HowEndedAsync(cancel) is { } ended
            ? throw new InvalidOperationException($"{this} ended before it was ready: {ended}")
            : false;
    }
}
