using System.Collections.Concurrent;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator;

/// <summary>The pools' own figures for whoever decides outside the planner's loop, at most 5 s old. One a scope, over what the process keeps.</summary>
internal sealed class PoolFigures(PoolSettingsReader reader, PoolFigures.Kept kept, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    internal async Task<PoolSettings> OfAsync(string pool, CancellationToken cancel)
    {
        if (kept.At is not { } at || clock.GetElapsedTime(at) >= Fresh)
        {
            var read = await reader.ReadAsync(cancel);
            foreach (var (name, settings) in read) kept.Pools[name] = settings;
            kept.At = clock.GetTimestamp();
        }

        return kept.Pools.GetValueOrDefault(pool, PoolSettings.Default);
    }

    /// <summary>What the process keeps between scopes.</summary>
    internal sealed class Kept
    {
        internal ConcurrentDictionary<string, PoolSettings> Pools { get; } = new(StringComparer.Ordinal);

        internal long? At { get; set; }
    }
}
