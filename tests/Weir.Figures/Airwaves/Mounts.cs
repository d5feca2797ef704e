using Weir.Figures.Ticks;
using Weir.Testing.Radio;
using Weir.Testing.Servers;

namespace Weir.Figures.Airwaves;

/// <summary>The mounts of an Icecast, each fed with sound, each with a new title now and then.</summary>
internal sealed class Mounts : IAsyncDisposable
{
    private static readonly TimeSpan SourceTimeout = TimeSpan.FromSeconds(30);

    // Each mount has a new title about every 25 s.
    private static readonly TimeSpan BetweenTitles = TimeSpan.FromMilliseconds(500);

    private readonly IcecastServer _icecast;
    private readonly List<IcecastSource> _sources = [];
    private readonly CancellationTokenSource _end = new();
    private Task _titling = Task.CompletedTask;

    private Mounts(IcecastServer icecast) => _icecast = icecast;

    /// <summary>The stations by the ids of their streams.</summary>
    public IReadOnlyDictionary<string, Uri> Stations => _sources.ToDictionary(source => source.Mount[1..], source => _icecast.Mount(source.Mount), StringComparer.Ordinal);

    public static async Task<Mounts> StartAsync(int count, CancellationToken cancel)
    {
        var mounts = new Mounts(await IcecastServer.StartAsync(SourceTimeout, cancel));
        for (var number = 1; number <= count; number++)
        {
            mounts._sources.Add(await mounts._icecast.FeedAsync($"/mount-{number:00}", cancel));
            await mounts._icecast.TitleAsync($"/mount-{number:00}", $"Opening of {number}", cancel);
        }

        mounts._titling = mounts.TitleAsync(mounts._end.Token);
        return mounts;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _titling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var source in _sources) await source.DisposeAsync();
        await _icecast.DisposeAsync();
        _end.Dispose();
    }

    private async Task TitleAsync(CancellationToken cancel)
    {
        for (var number = 0; ; number++)
        {
            await BootClock.PassAsync(BetweenTitles, cancel);
            await _icecast.TitleAsync(_sources[number % _sources.Count].Mount, $"Song {number / _sources.Count + 1}", cancel);
        }
    }
}
