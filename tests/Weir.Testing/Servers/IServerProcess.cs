namespace Weir.Testing.Servers;

/// <summary>What runs a server, a child process or a container: the same faults can be done to both.</summary>
internal interface IServerProcess : IAsyncDisposable
{
    /// <summary>Starts it, or starts it again on the same ports and data after <see cref="KillAsync"/>.</summary>
    Task StartAsync(CancellationToken cancel);

    /// <summary>SIGKILL to all of it; returns when it is gone. Nothing where it does not run.</summary>
    Task KillAsync(CancellationToken cancel);

    /// <summary>All of it stands still; its sockets stay open.</summary>
    Task FreezeAsync(CancellationToken cancel);

    Task ThawAsync(CancellationToken cancel);

    /// <summary>Null while it runs; else how it ended, with the end of its log.</summary>
    Task<string?> HowEndedAsync(CancellationToken cancel);
}
