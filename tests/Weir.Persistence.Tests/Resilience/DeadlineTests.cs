using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;
using Weir.Persistence.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Resilience;

/// <summary>A unit of work that takes too long is ended on a real server, whatever it is doing; deadlines are shortened, the way there is the same.</summary>
[Integration]
[Seed("2.2")]
public sealed class DeadlineTests(SharedPostgres postgres)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LongStatement_IsCancelledAndRolledBack() =>
        await AssertEndedAsync((db, token) => db.Database.ExecuteSqlAsync($"SELECT pg_sleep(60)", token));

    [Fact]
    public async Task ManyShortStatements_AreOneTransactionThatIsCancelled() =>
        await AssertEndedAsync(async (db, token) =>
        {
            while (true) await db.Database.ExecuteSqlAsync($"SELECT pg_sleep(0.02)", token);
        });

    [Fact]
    public async Task StatementThatDoesNotHeedItsToken_IsCancelledByTheServer() =>
        await AssertEndedAsync((db, _) => db.Database.ExecuteSqlAsync($"SELECT pg_sleep(60)", CancellationToken.None));

    [Fact]
    public async Task WorkThatHangsBetweenStatements_LosesItsSession() =>
        await AssertEndedAsync((_, _) => new TaskCompletionSource().Task);

    private async Task AssertEndedAsync(Func<WeirDbContext, CancellationToken, Task> hang)
    {
        await using var store = await Store.OfAsync(DatabaseKind.Postgres, postgres, Cancel, options =>
        {
            options.Deadline = Deadline;
            options.CancelGrace = Grace;
            options.StatementTimeout = Deadline;
            options.LockTimeout = Deadline / 2;
        });
        await using var other = Store.On(store.ConnectionString);
        await other.RunAsync((db, _) => Task.FromResult(db.Workers.Add(Sample.Worker("w1"))), Cancel);
        var begun = Stopwatch.GetTimestamp();

        var told = await Assert.ThrowsAsync<DatabaseDeadlineException>(() => store.RunAsync(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlAsync($"UPDATE workers SET capacity = 99", token);
                await hang(db, token);
            },
            Cancel));
        var took = Stopwatch.GetElapsedTime(begun);

        Assert.Equal(1, told.Tries);
        // Timers may be early by a tick of the kernel's clock.
        Assert.InRange(took, Deadline - TimeSpan.FromMilliseconds(20), Patience.Scale(Bound));
        await other.RunAsync((db, token) => db.Database.ExecuteSqlAsync($"UPDATE workers SET capacity = capacity + 1", token), Cancel);
        Assert.Equal([11], await other.QueryAsync<double>($"SELECT capacity AS \"Value\" FROM workers", Cancel));
        var entry = Assert.Single(store.Logs.Failures);
        Assert.Equal(("DeadlineExceeded", "test"), (entry.Fields["Category"], entry.Fields["Operation"]));
    }
}
