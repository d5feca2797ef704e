using Weir.Core.Planning;

namespace Weir.Benchmarks.Planning;

/// <summary>A fleet as every peer gets it: plain arrays, no names. Owner -1 is none; a worker that is gone owns nothing.</summary>
internal sealed record State(double[] Capacity, bool[] Live, int[] Owner, double[]? Weight)
{
    internal int Workers => Capacity.Length;

    internal int Streams => Owner.Length;

    internal double WeightOf(int stream) => Weight?[stream] ?? 1;

    internal double TotalCapacity => Enumerable.Range(0, Workers).Where(w => Live[w]).Sum(w => Capacity[w]);

    internal double TotalWeight => Weight?.Sum() ?? Streams;

    internal State With(int[] owner) => this with { Owner = owner };

    internal Snapshot ToSnapshot() =>
        new(Capacity, Array.ConvertAll(Live, live => live ? WorkerState.Active : WorkerState.Lost), null, Owner, Weight);
}
