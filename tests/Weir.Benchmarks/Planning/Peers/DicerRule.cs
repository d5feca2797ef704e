namespace Weir.Benchmarks.Planning.Peers;

/// <summary>
/// Dicer's rule: from the hottest, the one (stream, worker) of all that lowers overshoot x 16 + undershoot x 4 + churn x 0.25 most.
/// One average for all workers, as there; 30 s and it stops.
/// </summary>
internal sealed class DicerRule : Peer
{
    internal override string Name => "dicer-rule";

    internal override bool Takes(State state) => state.Streams <= 100_000;

    internal override Func<int[]> Prepare(State state, double band) => () =>
    {
        var fleet = new LoadedFleet(state);
        fleet.PlaceOrphans();
        var mean = fleet.Total / fleet.Live.Length;
        for (var step = 0; step < 4 * state.Streams; step++)
        {
            var (best, stream, target) = (-1e-9, -1, -1);
            var hot = fleet.Hottest;
            foreach (var s in fleet.StreamsOf(hot))
            {
                var weight = fleet.Weight(s);
                foreach (var w in fleet.Live)
                {
                    var change = Cost(fleet.Load[hot] - weight) + Cost(fleet.Load[w] + weight) - Cost(fleet.Load[hot]) - Cost(fleet.Load[w])
                        + (state.Owner[s] == hot ? 0.25 * weight : 0);
                    if (w != hot && change < best)
                        (best, stream, target) = (change, s, w);
                }
            }

            if (stream < 0)
                break;
            fleet.Move(stream, target);
        }

        return fleet.Owner;

        double Cost(double load) =>
            (16 * Math.Max(0, load - mean * (1 + band))) + (4 * Math.Max(0, mean * (1 - band) - load)) + (load == 0 ? 100 * mean : 0);
    };
}
