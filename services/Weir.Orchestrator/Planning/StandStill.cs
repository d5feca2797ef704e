using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Planning;

/// <summary>
/// Spares a fleet in which nothing happens the whole look: one statement asks whether a row changed since the last one or anything is
/// under way. A look that leaves something waiting for time to pass is followed by another. Used by one loop.
/// </summary>
internal sealed class StandStill(DatabaseResilience database, IOptions<OrchestratorOptions> options, TimeProvider clock)
{
    private static readonly DatabaseCall Ask = new("planner.still") { ReadsOnly = true };
    private (IReadOnlyCollection<string> Pools, ChangeMark Mark, long At)? _since;

    /// <summary>A whole look is over.</summary>
    /// <param name="pools">The pools it looked at.</param>
    /// <param name="mark">Taken before anything of it was read.</param>
    /// <param name="nothingWaits">Nothing that it knows of will change by itself.</param>
    internal void Looked(IReadOnlyCollection<string> pools, ChangeMark mark, bool nothingWaits) =>
        _since = nothingWaits ? (pools, mark, clock.GetTimestamp()) : null;

    /// <returns>True when the next look would find nothing to do.</returns>
    internal async Task<bool> HoldsAsync(CancellationToken cancel)
    {
        // The turn is kept, and era, cool-downs and gauges are looked after, while nothing changes.
        if (_since is not { } since || clock.GetElapsedTime(since.At) >= options.Value.TurnLasts * (2.0 / 3)) return false;
        try
        {
            return !await database.RunAsync(Ask, (unit, token) => unit.Services.GetRequiredService<PlanningReader>().HasWorkAsync(since.Pools, since.Mark, token), cancel);
        }
        catch (DatabaseFaultException)
        {
            return false; // the look that follows meets the same and says so
        }
    }
}
