namespace Weir.Testing.Servers;

/// <summary>A PostgreSQL of one test's own.</summary>
public sealed class DatabaseServer : TestServer
{
    private readonly int _port;

    internal DatabaseServer(ServerKind kind, int port, IServerProcess process, params IReadOnlyList<IAsyncDisposable> along)
        : base(kind, process, along) => _port = port;

    /// <summary>Names the database <c>postgres</c>.</summary>
    public DatabaseAddress Address => DatabaseAddress.Loopback(_port);

    public int Port => _port;

    public override string ToString() => $"postgres at 127.0.0.1:{_port}";

    private protected override Task AnswerAsync(CancellationToken cancel) => DatabaseGreeting.ExchangeAsync(Address, cancel);
}
