using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

[Unit]
public sealed class ServerChoiceTests : IDisposable
{
    private const string Rabbit = "amqp://u:p@mq.example/";
    private const string Postgres = "Host=db.example;Username=u";
    private readonly StringWriter _said = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _said.Dispose();

    [Fact]
    public async Task Shared_AddressesAreSet_AdoptsThemAndStartsNothing()
    {
        var docker = new FakeSource(ServerKind.Docker);

        var pair = await Choice(new(null, Rabbit, null, Postgres, null), [docker]).SharedAsync(Cancel);

        Assert.Equal((ServerKind.Env, Postgres, 0), (pair.Kind, pair.Database.ConnectionString, docker.Starts));
        Assert.Matches(@"^\[weir-infra\] env: ready in \d+ ms \(rabbitmq\)", _said.ToString());
    }

    [Fact]
    public async Task Shared_AddressesDoNotAnswer_FailsInPlaceOfHidingItBehindOtherServers()
    {
        var docker = new FakeSource(ServerKind.Docker);
        var choice = Choice(new(null, Rabbit, null, Postgres, null), [docker], "connection refused");

        var failure = await Assert.ThrowsAsync<ServersUnavailableException>(() => choice.SharedAsync(Cancel));

        Assert.Equal(["env: the addresses are set, but IOException: connection refused"], failure.Tried);
        Assert.Equal(0, docker.Starts);
    }

    [Fact]
    public async Task Shared_EngineAnswers_TakesDocker()
    {
        var (docker, local) = (new FakeSource(ServerKind.Docker), new FakeSource(ServerKind.Local));

        var pair = await Choice(Nothing, [docker, local]).SharedAsync(Cancel);

        Assert.Equal((ServerKind.Docker, 0), (pair.Kind, local.Starts));
    }

    [Fact]
    public async Task Shared_EngineCannotStartTheImages_SaysWhyAndTakesChildProcesses()
    {
        var docker = new FakeSource(ServerKind.Docker) { BrokerFailure = "no such image\nlong trace" };

        var pair = await Choice(Nothing, [docker, new FakeSource(ServerKind.Local)]).SharedAsync(Cancel);

        Assert.Equal(ServerKind.Local, pair.Kind);
        Assert.Equal(0, docker.Running);
        Assert.Contains(
            "[weir-infra] docker: passed over: could not start: InvalidOperationException: no such image\n",
            _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_NothingWorks_ListsWhatWasTriedAndWhatToInstall()
    {
        var docker = new FakeSource(ServerKind.Docker) { Obstacle = "no engine answers" };
        var local = new FakeSource(ServerKind.Local) { Obstacle = "not installed: initdb" };
        var choice = Choice(Nothing, [docker, local]);

        var failure = await Assert.ThrowsAsync<ServersUnavailableException>(() => choice.SharedAsync(Cancel));

        Assert.Equal(
            """
            No RabbitMQ and PostgreSQL for the tests. Tried:
              env: WEIR_TEST_RABBITMQ and WEIR_TEST_POSTGRES are not set
              docker: no engine answers
              local: not installed: initdb
            Start a Docker engine, or run: apt-get update && apt-get install -y --no-install-recommends rabbitmq-server postgresql
            or set WEIR_TEST_RABBITMQ (amqp://user:password@host:port/) and WEIR_TEST_POSTGRES (Host=...;Username=...;Password=...).
            """,
            failure.Message);
    }

    [Theory]
    [InlineData(ServerKind.Docker)]
    [InlineData(ServerKind.Local)]
    public async Task Shared_OneKindIsForced_TriesNoOtherThoughAddressesAreSet(ServerKind forced)
    {
        var (docker, local) = (new FakeSource(ServerKind.Docker), new FakeSource(ServerKind.Local));

        var pair = await Choice(new(forced, Rabbit, null, Postgres, null), [docker, local]).SharedAsync(Cancel);

        Assert.Equal(forced, pair.Kind);
        Assert.Equal(1, docker.Starts + local.Starts);
    }

    [Fact]
    public async Task Shared_EnvIsForcedAndHalfSet_SaysWhichHalfIsMissing()
    {
        var choice = Choice(new(ServerKind.Env, Rabbit, null, null, null), [new FakeSource(ServerKind.Local)]);

        var failure = await Assert.ThrowsAsync<ServersUnavailableException>(() => choice.SharedAsync(Cancel));

        Assert.Equal(["env: WEIR_TEST_POSTGRES is not set, WEIR_TEST_RABBITMQ is"], failure.Tried);
    }

    [Fact]
    public async Task Shared_AskedByMany_StartsOncePerProcess()
    {
        var local = new FakeSource(ServerKind.Local);
        var choice = Choice(Nothing, [local]);

        var pairs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => choice.SharedAsync(Cancel)));

        Assert.Equal((1, 1), (local.Starts, pairs.Distinct().Count()));
    }

    [Fact]
    public async Task Own_AddressesAreSet_StartsOneAllTheSameSinceThoseMayNotBeBroken()
    {
        var local = new FakeSource(ServerKind.Local);
        var choice = Choice(new(null, Rabbit, null, Postgres, null), [local]);

        await using var own = await choice.OwnAsync((s, token) => s.StartBrokerAsync(token), Cancel);

        Assert.Equal(ServerKind.Local, own.Kind);
    }

    [Fact]
    public async Task Own_DockerFailedBefore_IsNotTriedAgain()
    {
        var docker = new FakeSource(ServerKind.Docker) { BrokerFailure = "no such image" };
        var choice = Choice(Nothing, [docker, new FakeSource(ServerKind.Local)]);
        await choice.SharedAsync(Cancel);

        await using var own = await choice.OwnAsync((s, token) => s.StartBrokerAsync(token), Cancel);

        Assert.Equal((ServerKind.Local, 1), (own.Kind, docker.Starts));
    }

    private static InfraSettings Nothing { get; } = new(null, null, null, null, null);

    private ServerChoice Choice(InfraSettings settings, IReadOnlyList<IServerSource> sources, string? unreachable = null) => new(
        settings, sources,
        (_, _) => unreachable is null ? Task.CompletedTask : Task.FromException(new IOException(unreachable)),
        new ServerLog(_said, file: null, TimeProvider.System));
}
