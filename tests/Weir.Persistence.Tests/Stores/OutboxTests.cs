using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Outbox;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Faults;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Stores;

/// <summary>What a unit of work publishes rides in its transaction, through tries that fail and one that does not.</summary>
[Integration]
[Slow]
public sealed class OutboxTests(SharedPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Postgres)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task Published_GoesOutOnceWithTheTryThatCommits(DatabaseKind kind)
    {
        var heard = System.Threading.Channels.Channel.CreateUnbounded<string>();
        await using var store = await Store.OfAsync(kind, postgres, Cancel, more: services => services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddEntityFrameworkOutbox<WeirDbContext>(outbox =>
            {
                if (kind == DatabaseKind.Postgres) outbox.UsePostgres();
                else outbox.UseSqlite();
                outbox.UseBusOutbox();
            });
            bus.UsingInMemory((_, memory) => memory.ReceiveEndpoint("heard", endpoint =>
                endpoint.Handler<Announced>(context => heard.Writer.WriteAsync(context.Message.Worker, context.CancellationToken).AsTask())));
        }));
        var hosted = store.Services.GetServices<IHostedService>().ToList();
        foreach (var one in hosted) await one.StartAsync(Cancel);
        var tries = 0;

        await store.Database.RunAsync(
            "test.announce",
            async (unit, token) =>
            {
                var name = $"w{++tries}";
                unit.Db.Workers.Add(Sample.Worker(name));
                await unit.Services.GetRequiredService<IPublishEndpoint>().Publish(new Announced(name), token);
                await unit.Db.SaveChangesAsync(token);
                if (tries < 3) throw FaultJudgeTests.Server("40001");
            },
            Cancel);
        using var bound = Patience.Limit(TimeSpan.FromSeconds(20), Cancel);
        var first = await heard.Reader.ReadAsync(bound.Token);
        await store.Services.WaitForOutboxEmpty<WeirDbContext>(TimeSpan.FromSeconds(20), Cancel);
        foreach (var one in hosted) await one.StopAsync(Cancel);

        Assert.Equal("w3", first);
        Assert.False(heard.Reader.TryRead(out var more), $"{more} was heard too");
        Assert.Equal(["w3"], await store.QueryAsync<string>($"SELECT worker AS \"Value\" FROM workers", Cancel));
    }
}
