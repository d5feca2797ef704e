using Weir.Figures.Fleet;
using Weir.Testing.Servers;

namespace Weir.Figures;

/// <summary>What one row is measured on: servers of its own, which it may break, and the fleet it starts there.</summary>
internal sealed class Stage(string row, bool isShort) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _open = [];

    public string Row => row;

    public bool IsShort => isShort;

    /// <summary>How often something is done: few times in a short run.</summary>
    public int Rounds(int full, int few) => isShort ? few : full;

    public Figure Told(string name, double value) => new(row, name, value);

    public Figure AtMost(string name, double value, double goal) => new(row, name, value, goal);

    public Figure AtLeast(string name, double value, double goal) => new(row, name, value, goal, IsLeast: true);

    /// <summary>A broker, a database with its schema, services and workers, level and quiet.</summary>
    public async Task<RealFleet> FleetAsync(FleetSettings settings, CancellationToken cancel)
    {
        var broker = Keep(await TestServers.OwnBrokerAsync(cancel));
        var database = Keep(await TestServers.OwnDatabaseAsync(cancel));
        return Keep(await RealFleet.StartAsync(settings, broker, database, cancel));
    }

    public T Keep<T>(T one)
        where T : IAsyncDisposable
    {
        _open.Add(one);
        return one;
    }

    public async ValueTask DisposeAsync()
    {
        for (var at = _open.Count - 1; at >= 0; at--) await _open[at].DisposeAsync();
    }
}
