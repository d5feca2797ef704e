using System.Data.Common;
using Weir.Testing.Waiting;
using Weir.Worker.Radio.Tests.Stage;

namespace Weir.Worker.Radio.Tests.Plays;

/// <summary>What the handler writes, the same in both databases.</summary>
public abstract class RadioHandlerScenarios
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract RadioSinkKind Kind { get; }

    private protected abstract string ConnectionString { get; }

    private protected abstract DbConnection Connect();

    private protected async Task PlaysAreWrittenAsync()
    {
        await using var server = new HostileServer();
        var next = new TaskCompletionSource();
        var address = Station(server, async (to, cancel) =>
        {
            await server.SendAsync(to, Sound.With("One", "One"), cancel);
            await next.Task.WaitAsync(cancel);
            await server.SendAsync(to, Sound.With("O'Two; \u0001--"), cancel);
        });
        await using var worker = await StartAsync("w1", 0);
        var epoch = await worker.ListenAsync("s1", address);
        await RowsAsync(worker, "the first play", rows => rows is [{ Title: "One", Ended: null }]);

        await worker.Host.Advance(TimeSpan.FromSeconds(2));
        next.SetResult();
        var rows = await RowsAsync(worker, "the second play", rows => rows is [{ Title: "One", Ended: not null }, { Title: "O'Two; --" }]);

        Assert.All(rows, row => Assert.Equal(("s1", "w1", epoch), (row.Station, row.Worker, row.Epoch)));
        Assert.Equal(rows[0].Ended, rows[1].Began);
    }

    private protected async Task MoveGoesOnWithTheRowAndShutsTheOldOwnerOutAsync()
    {
        await using var server = new HostileServer();
        var address = Station(server, (to, cancel) => PlayOnAsync(server, to, "Long song", cancel));
        await using var old = await StartAsync("w1", 0);
        await old.ListenAsync("s1", address);
        var began = (await RowsAsync(old, "the play", rows => rows.Count == 1))[0].Began;

        await using var young = await StartAsync("w2", 3);
        var epoch = await young.ListenAsync("s1", address);
        var row = Assert.Single(await RowsAsync(young, "the new owner's word", rows => rows is [{ Worker: "w2" }]));
        await old.Host.ShouldStop("s1");

        Assert.Equal((began, "Long song", null, epoch), (row.Began, row.Title, row.Ended, row.Epoch));
        var last = Assert.Single(await PlayRow.AllAsync(Connect(), Cancel));
        Assert.Equal(("w2", epoch), (last.Worker, last.Epoch));
    }

    private protected async Task ReleaseWritesWhatWasHeardLastAsync()
    {
        await using var server = new HostileServer();
        var address = Station(server, (to, cancel) => PlayOnAsync(server, to, "Song", cancel));
        await using var worker = await StartAsync("w1", 0, options => options.SeenEvery = TimeSpan.FromMinutes(1));
        await worker.ListenAsync("s1", address);
        await RowsAsync(worker, "the play", rows => rows.Count == 1);
        await worker.Host.Advance(TimeSpan.FromSeconds(5));
        var sent = Interlocked.Read(ref server.Sent);
        await Eventually.TrueAsync("more sound", _ => Task.FromResult(Interlocked.Read(ref server.Sent) > sent + 20_000), Bound, Cancel);

        await worker.Host.Release("s1");

        var row = Assert.Single(await PlayRow.AllAsync(Connect(), Cancel));
        Assert.Null(row.Ended);
        Assert.InRange(row.Seen - row.Began, 4_000, 30_000);
    }

    private protected async Task DatabaseIsAwayAndBackLosesNoPlayAsync(Func<Task> breaks, Func<Task> mends)
    {
        await using var server = new HostileServer();
        var (second, third) = (new TaskCompletionSource(), new TaskCompletionSource());
        var address = Station(server, async (to, cancel) =>
        {
            await server.SendAsync(to, Sound.With("One"), cancel);
            await second.Task.WaitAsync(cancel);
            await server.SendAsync(to, Sound.With("Two"), cancel);
            await third.Task.WaitAsync(cancel);
            await PlayOnAsync(server, to, "Three", cancel);
        });
        await using var worker = await StartAsync("w1", 0);
        await worker.ListenAsync("s1", address);
        await RowsAsync(worker, "the first play", rows => rows.Count == 1);

        await breaks();
        await worker.Host.Advance(TimeSpan.FromSeconds(3));
        second.SetResult();
        await worker.Host.Advance(TimeSpan.FromSeconds(3));
        third.SetResult();
        await worker.Host.Advance(TimeSpan.FromSeconds(3));
        await mends();

        var rows = await RowsAsync(worker, "all three plays", rows => rows.Count > 1 && rows[^1].Title == "Three");
        Assert.Equal("One", rows[0].Title);
    }

    private protected async Task DefinitionThatIsNoneEndsTheHandlerAsync(string? definition, string words)
    {
        await using var worker = await StartAsync("w1", 0);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => worker.Host.Grant("s1", RadioHandler.Kind, Weir.Contracts.Ownership.StreamClass.Fenced, definition));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    private static async Task PlayOnAsync(HostileServer server, System.Net.Sockets.NetworkStream to, string title, CancellationToken cancel)
    {
        while (true)
        {
            await server.SendAsync(to, Sound.With(title), cancel);
            await HostileServer.PaceAsync(20, cancel);
        }
    }

    private static Uri Station(HostileServer server, Func<System.Net.Sockets.NetworkStream, CancellationToken, Task> sends) => server.Answers("/live", async (to, cancel) =>
    {
        await server.SayAsync(to, Sound.Titled, cancel);
        await sends(to, cancel);
        await HostileServer.HangAsync(to, cancel);
    });

    private Task<RadioWorker> StartAsync(string worker, int epochsBefore, Action<RadioOptions>? change = null) => RadioWorker.StartAsync(worker, epochsBefore, options =>
    {
        (options.Sink, options.ConnectionString) = (Kind, ConnectionString);
        change?.Invoke(options);
    });

    // The test's clock goes on a little with each look.
    private Task<IReadOnlyList<PlayRow>> RowsAsync(RadioWorker worker, string what, Func<IReadOnlyList<PlayRow>, bool> isSo) => Eventually.GetAsync(
        what,
        async cancel =>
        {
            await worker.Host.Advance(TimeSpan.FromMilliseconds(200));
            var rows = await PlayRow.AllAsync(Connect(), cancel);
            return isSo(rows) ? rows : null;
        },
        Bound,
        Cancel);
}
