using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Leases;
using Weir.Contracts.Workers;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Network;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests;

/// <summary>The database is away for longer than a worker may be silent: what was asked meanwhile is done afterwards, and nobody is lost for it.</summary>
[Chaos]
[Slow]
public sealed class StoreAwayTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    private const string Ask = "weir.ask.away";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Seed("orchestrator.database-error-handling")]
    public async Task Database_IsAwayForLongerThanFenceAfter_NothingIsLostAndNobodyIsFenced()
    {
        var log = new LogLines();
        await using var proxy = TcpProxy.To(new NpgsqlConnectionStringBuilder(scope.Database.ConnectionString).Port);
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database.Through(proxy.Port), services => services.AddLogging(logging => logging.AddProvider(log)));
        await using var facts = await RawClient.ConnectAsync(scope.Broker);
        await facts.HearAsync("", "weir.events");
        await using var asker = await RawClient.ConnectAsync(scope.Broker);
        await asker.HearAsync(Ask);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "patient");
        await worker.RegisterAsync();
        await worker.RenewAsync();
        using var beating = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var beats = BeatAsync(worker, beating.Token);

        proxy.Cut();
        await asker.PutAsync("weir.registry.streams", new DeclareStreams("away", "default", 1, 1, [new("away-1", "radio")], AnswerTo: Ask));

        // A look is tried for longer than a worker may be silent before it is given up.
        await Eventually.TrueAsync("a look at the leases to fail", _ => Task.FromResult(log.Of(508).Count > 0), TimeSpan.FromSeconds(45), Cancel);
        var answeredMeanwhile = asker.All<StreamsDeclared>().Count;
        proxy.Heal();
        var declared = await asker.FirstAsync<StreamsDeclared>(answer => answer.Key == "away");
        var before = worker.Sequence;
        await worker.Client.FirstAsync<LeaseRenewed>(answer => answer.Sequence > before);
        await beating.CancelAsync();
        await beats;

        Assert.Equal((0, 1), (answeredMeanwhile, declared.Added));
        Assert.DoesNotContain(facts.All<WorkerLost>(), fact => fact.Incarnation == worker.Incarnation);
        Assert.Equal(LeaseState.Live, await registry.ReadAsync((db, token) => db.Leases.Where(row => row.Incarnation == new Incarnation(worker.Incarnation)).Select(row => row.State).SingleAsync(token)));
        Assert.Null(await asker.ParkedAsync("weir.registry.streams"));
    }

    // What a living worker does, whether anybody answers or not: one that waited with its beats for the store would be lost for its own silence.
    private static async Task BeatAsync(RawWorker worker, CancellationToken cancel)
    {
        using var pace = new PeriodicTimer(LeaseTimes.Fast.Beat);
        try
        {
            while (await pace.WaitForNextTickAsync(cancel))
                await worker.BeatAsync(markRead: worker.Client.All<CommandMark>().Select(mark => mark.Mark).DefaultIfEmpty().Max());
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The story is told.
        }
    }
}
