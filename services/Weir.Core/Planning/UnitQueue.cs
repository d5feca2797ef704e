namespace Weir.Core.Planning;

/// <summary>
/// The single places to fill, coldest first, or the single streams to take, hottest first, each as the worker it belongs to.
/// What the box demands comes before what it only allows, so that after any number of moves no more remain than must.
/// </summary>
internal sealed class UnitQueue
{
    private const uint Later = 1u << 31;

    private readonly Standing _standing;
    private readonly UnitBox _box;
    private readonly bool _sources;

    internal UnitQueue(Standing standing, UnitBox box, bool sources)
    {
        (_standing, _box, _sources) = (standing, box, sources);
        PerWorker = new int[standing.Count.Length];
        for (var w = 0; w < PerWorker.Length; w++)
        {
            var change = box.Target[w] - standing.Count[w];
            PerWorker[w] = Math.Max(0, sources ? -change : change);
            Total += PerWorker[w];
        }
    }

    internal int[] PerWorker { get; }

    private int Total { get; }

    internal int[] Sort()
    {
        var keys = new uint[Total];
        var workers = new int[Total];
        var next = 0;
        for (var w = 0; w < PerWorker.Length; w++)
        {
            for (var i = 0; i < PerWorker[w]; i++)
            {
                keys[next] = _sources ? SourceKey(w, i) : PlaceKey(w, i);
                workers[next++] = w;
            }
        }

        LevelSort.Sort(keys, workers);
        return workers;
    }

    private uint PlaceKey(int w, int i)
    {
        var n = _standing.Count[w] + i;
        return Bits(n / _standing.Share[w]) | (n < _box.Low[w] ? 0 : Later);
    }

    private uint SourceKey(int w, int i)
    {
        var n = _standing.Count[w] - i;
        // A draining worker has no share: nothing is hotter.
        var level = _standing.Share[w] > 0 ? n / _standing.Share[w] : double.MaxValue;
        return (Later - 1 - Bits(level)) | (n > _box.High[w] ? 0 : Later);
    }

    /// <summary>Positive numbers order like their bits.</summary>
    private static uint Bits(double level) => BitConverter.SingleToUInt32Bits((float)level);
}
