using Weir.Core.Balance;
using Weir.Diagnostics.Api;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Reading;

/// <summary>The fleet at a glance.</summary>
internal static class StatusAnswers
{
    internal static FleetStatus Of(FleetReading fleet)
    {
        var workers = fleet.Workers.Select(row => (Row: row, State: WorkerAnswers.Standing(row, WorkerAnswers.Figures(row, fleet.Pools)))).ToList();
        var levels = workers.Where(worker => worker.State == WorkerStanding.Live && worker.Row.Worker.Capacity > 0)
            .GroupBy(worker => worker.Row.Worker.Pool, worker => worker.Row.Weight / worker.Row.Worker.Capacity, StringComparer.Ordinal)
            .Select(loads => loads.ToArray()).ToList();
        return new FleetStatus(
            new StreamCounts(fleet.Streams.Values.Sum(), Streams("running"), Streams("starting"), Streams("unowned"), Streams("quarantined"), Streams("paused")),
            new WorkerCounts(Workers(WorkerStanding.Live), Workers(WorkerStanding.Suspect), Workers(WorkerStanding.Draining), Workers(WorkerStanding.Cordoned), Workers(WorkerStanding.Lost)),
            new BalanceFigures(
                Math.Round(levels.Select(loads => BalanceScore.Of(loads)).DefaultIfEmpty(1).Min(), 4),
                Math.Round(levels.Select(loads => loads.Max() - loads.Min()).DefaultIfEmpty(0).Max(), 4)));

        long Streams(string state) => fleet.Streams.GetValueOrDefault(state);

        int Workers(WorkerStanding state) => workers.Count(worker => worker.State == state);
    }
}
