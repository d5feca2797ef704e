using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weir.Testing.Radio;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;
using Weir.Worker.Radio.Http;
using Weir.Worker.Radio.Listening;
using Weir.Worker.Radio.Plays;
using Weir.Worker.Radio.Tests.Stage;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Tests.Live;

/// <summary>A real Icecast with several mounts, in real time.</summary>
[Integration]
[Slow]
public sealed class IcecastTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    private readonly IOptions<RadioOptions> _options = Options.Create(new RadioOptions
    {
        AllowPrivateAddresses = true,
        StallAfter = TimeSpan.FromSeconds(2),
        RetryFirst = TimeSpan.FromMilliseconds(100),
        RetryMost = TimeSpan.FromMilliseconds(500),
    });

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _listening = [];
    private IcecastServer _icecast = null!;
    private StationHttp _http = null!;
    private Listener _listener = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(IcecastServer.Obstacle is null, IcecastServer.Obstacle ?? "");
        _icecast = await IcecastServer.StartAsync(TimeSpan.FromMinutes(1), Cancel);
        _http = new StationHttp(_options, new AddressGuard(_options, System.Net.Dns.GetHostAddressesAsync));
        _listener = new Listener(new Tuner(_http), _options, TimeProvider.System, () => 1, NullLogger<Listener>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (_icecast is null)
            return;
        await _stop.CancelAsync();
        await Task.WhenAll(_listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _icecast.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Icecast_SeveralMounts_EachIsHeardWithItsTitleAndItsRate()
    {
        await using var one = await _icecast.FeedAsync("/one", Cancel);
        await using var two = await _icecast.FeedAsync("/two", Cancel, bySourceMethod: true);
        await _icecast.TitleAsync("/one", "Künstler - Stück; it's 'quoted'", Cancel);
        await _icecast.TitleAsync("/two", "Second", Cancel);

        var (first, second) = (Listen("/one"), Listen("/two"));
        await SoonAsync("both titles", () => first.Look().Title == "Künstler - Stück; it's 'quoted'" && second.Look().Title == "Second");
        await _icecast.TitleAsync("/two", "Third", Cancel);
        await SoonAsync("the next title", () => second.Look().Title == "Third");
        await SoonAsync("the rate", () => first.Look().Rate is > SoundFrames.BytesPerSecond * 0.5 and < SoundFrames.BytesPerSecond * 1.5);

        Assert.Equal(["Second", "Third"], second.Look().Page.Plays.Select(play => play.Title).Where(title => title.Length > 0));
    }

    [Fact]
    public async Task Icecast_SourceFallsSilentGoesAwayAndComesBack_IsHeardAgain()
    {
        await using var steady = await _icecast.FeedAsync("/steady", Cancel);
        var other = Listen("/steady");
        var source = await _icecast.FeedAsync("/moody", Cancel);
        var reception = Listen("/moody");
        await SoonAsync("sound", () => reception.Bytes > 0);

        source.FallSilent();
        await SoonAsync("the silence to be seen", () => reception.LastFault is TuningFault.Stalled or TuningFault.Ended);
        source.Resume();
        await SoonAsync("sound after the silence", () => reception.Away is null);

        await source.DisposeAsync();
        await SoonAsync("the mount to be away", () => reception.LastFault == TuningFault.Refused);
        await using var again = await _icecast.FeedAsync("/moody", Cancel);
        await SoonAsync("sound after the return", () => reception.Away is null);

        Assert.Null(other.LastFault);
    }

    [Fact]
    public async Task Icecast_ServerDiesAndComesBack_IsHeardAgain()
    {
        await using (await _icecast.FeedAsync("/one", Cancel))
        {
            var reception = Listen("/one");
            await SoonAsync("sound", () => reception.Bytes > 0);

            await _icecast.KillAsync(Cancel);
            await SoonAsync("the server to be missed", () => reception.Away is not null);
            await _icecast.RestartAsync(Cancel);
            await using var again = await _icecast.FeedAsync("/one", Cancel);
            await SoonAsync("sound after its return", () => reception.Away is null);
        }
    }

    [Fact]
    public async Task Icecast_WholeHandler_WritesThePlaysOfARealMount()
    {
        var folder = Directory.CreateTempSubdirectory("weir-icecast-");
        await using var source = await _icecast.FeedAsync("/one", Cancel);
        await _icecast.TitleAsync("/one", "Alpha", Cancel);
        var database = $"Data Source={Path.Combine(folder.FullName, "plays.db")};Pooling=False";
        await using (var worker = await RadioWorker.StartAsync("w1", 0, options => (options.Sink, options.ConnectionString) = (RadioSinkKind.Sqlite, database)))
        {
            await worker.ListenAsync("s1", _icecast.Mount("/one"));
            await RowsAsync(worker, database, "the first play", rows => rows is [{ Title: "Alpha" }]);
            await worker.Host.Advance(TimeSpan.FromSeconds(2));
            await _icecast.TitleAsync("/one", "Beta", Cancel);
            await RowsAsync(worker, database, "the second", rows => rows is [{ Title: "Alpha", Ended: not null }, { Title: "Beta", Ended: null }]);
        }

        folder.Delete(recursive: true);
    }

    private Reception Listen(string mount)
    {
        var reception = new Reception(new PlayBook(null, (long)_options.Value.SameWithin.TotalMilliseconds), TimeProvider.System);
        _listening.Add(_listener.ListenAsync(mount, _icecast.Mount(mount), reception, _stop.Token));
        return reception;
    }

    private static Task SoonAsync(string what, Func<bool> isSo) => Eventually.TrueAsync(what, _ => Task.FromResult(isSo()), Bound, Cancel);

    // Where the first title comes late, a play without one goes before it.
    private static Task RowsAsync(RadioWorker worker, string database, string what, Func<IReadOnlyList<PlayRow>, bool> isSo) => Eventually.TrueAsync(
        what,
        async cancel =>
        {
            await worker.Host.Advance(TimeSpan.FromMilliseconds(100));
            return isSo([.. (await PlayRow.AllAsync(new SqliteConnection(database), cancel)).Where(row => row.Title.Length > 0)]);
        },
        Bound,
        Cancel);
}
