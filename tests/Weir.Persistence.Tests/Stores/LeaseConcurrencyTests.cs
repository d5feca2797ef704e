using Microsoft.EntityFrameworkCore;
using Weir.Core.Leases;
using Weir.Persistence.Rows;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Stores;

[Integration]
[Seed("2.1")]
public sealed class LeaseConcurrencyTests(SharedPostgres postgres)
{
    private const int Leases = 300;
    private const int Rounds = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Slow]
    public async Task BatchesThatOverlapInAnyOrder_NeverDeadlock_AndAFencedLeaseIsNotRenewed()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await AddAsync(store);

        await Task.WhenAll(
            WriterAsync((rows, round, token) => rows.RenewAsync([.. Shuffled(round).Select(i => Sample.Beat("w", i, round + 1))], token)),
            WriterAsync((rows, round, token) => rows.RenewAsync([.. Shuffled(round + 1000).Select(i => Sample.Beat("w", i, round + 1))], token)),
            WriterAsync((rows, round, token) => rows.MarkAsync([.. Shuffled(round + 2000).Select(i => new QuietMark(new(i), round, TimeSpan.FromSeconds(3), i % 50 == 0, false))], token)),
            WriterAsync((rows, round, token) => rows.MarkAsync([.. Shuffled(round + 3000).Select(i => new QuietMark(new(i), round, TimeSpan.FromSeconds(2), false, false))], token)));

        Assert.Empty(store.Logs.Retries);
        Assert.Empty(store.Logs.Failures);
        Assert.DoesNotContain(Leases.ToString(), await store.QueryAsync<string>($"SELECT incarnation::text AS \"Value\" FROM leases WHERE state = 'Fenced' AND quiet_ms = 0", Cancel));

        Task WriterAsync<T>(Func<LeaseStore, long, CancellationToken, Task<T>> write) => Task.Run(
            async () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    var at = round;
                    await store.RunAsync<LeaseStore, T>((rows, token) => write(rows, at, token), Cancel);
                }
            },
            Cancel);
    }

    [Fact]
    public async Task LaterRegistration_EndsEarlierLives_WhichAreNeverRenewedAgain()
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel);
        await BeginAsync(1);
        var ended = await BeginAsync(2);

        var renewed = await store.RunAsync<LeaseStore, IReadOnlyList<RenewedLease>>((rows, token) => rows.RenewAsync([Sample.Beat("w", 1, 9), Sample.Beat("w", 2, 1)], token), Cancel);
        var stopped = await store.RunAsync<LeaseStore, bool>((rows, token) => rows.StopAsync(new(2), token), Cancel);
        var after = await store.RunAsync<LeaseStore, IReadOnlyList<RenewedLease>>((rows, token) => rows.RenewAsync([Sample.Beat("w", 2, 2)], token), Cancel);

        Assert.Equal([1], ended.Select(life => life.Value));
        Assert.Equal([2], renewed.Select(lease => lease.Incarnation.Value));
        Assert.True(stopped);
        Assert.Empty(after);

        Task<IReadOnlyList<Core.Identity.Incarnation>> BeginAsync(long incarnation) =>
            store.RunAsync<LeaseStore, IReadOnlyList<Core.Identity.Incarnation>>((rows, token) => rows.BeginAsync(Sample.Lease("w", incarnation), token), Cancel);
    }

    private static Task AddAsync(Store store) => store.RunAsync(
        (db, _) =>
        {
            db.Leases.AddRange(Enumerable.Range(1, Leases).Select(i => StoredLease.From(Sample.Lease("w", i))));
            return Task.CompletedTask;
        },
        Cancel);

    private static long[] Shuffled(long seed)
    {
        var lives = Enumerable.Range(1, Leases).Select(i => (long)i).ToArray();
        new Random((int)seed).Shuffle(lives);
        return lives;
    }
}
