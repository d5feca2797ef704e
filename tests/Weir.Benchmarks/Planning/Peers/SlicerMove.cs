namespace Weir.Benchmarks.Planning.Peers;

/// <summary>Slicer's weighted move: the stream that evens out the hottest and the coldest best, until the band is reached or nothing helps.</summary>
internal sealed class SlicerMove : Peer
{
    internal override string Name => "slicer-rule";

    internal override Func<int[]> Prepare(State state, double band) => () =>
    {
        var fleet = new LoadedFleet(state);
        fleet.PlaceOrphans();
        var mean = fleet.Total / fleet.Live.Length;
        for (var step = 0; step < 4 * state.Streams; step++)
        {
            var (hot, cold) = (fleet.Hottest, fleet.Coldest);
            if (fleet.Load[hot] <= mean * (1 + band) && fleet.Load[cold] >= mean * (1 - band))
                break;
            var gap = fleet.Load[hot] - fleet.Load[cold];
            var stream = fleet.Nearest(hot, gap / 2);
            if (stream < 0 || fleet.Weight(stream) >= gap)
                break;
            fleet.Move(stream, cold);
        }

        return fleet.Owner;
    };
}
