namespace Weir.Core.Planning;

/// <summary>
/// Brings a fleet into its band step by step: the worker furthest outside gives to or takes from the one, of a few at the other
/// end, where one stream helps most; where no stream helps, two change places. Every step lessens what is outside, so it ends.
/// </summary>
internal sealed class BandSearch
{
    /// <summary>How many counterparts are asked. More cost time and find little.</summary>
    private const int LookMax = 24;

    private readonly Board _board;
    private readonly LevelOrder _order;

    private BandSearch(Board board)
    {
        _board = board;
        _order = new LevelOrder(board);
    }

    internal static void Run(Board board)
    {
        if (board.Violation() > 0)
            new BandSearch(board).Run();
    }

    private void Run()
    {
        var queue = new LevelHeap(_order.Count);
        for (var i = 0; i < _order.Count; i++)
            Enqueue(queue, _order.Highest(i));

        var stuck = new List<int>();
        var progress = false;
        while (queue.Count > 0 || (progress && stuck.Count > 0))
        {
            if (queue.Count == 0)
            {
                stuck.ForEach(w => Enqueue(queue, w));
                stuck.Clear();
                progress = false;
                continue;
            }

            var urgency = -queue.FirstLevel;
            var worker = queue.RemoveFirst();
            var outside = _board.Outside(worker);
            if (outside <= 0 || urgency != outside)
                continue;
            var step = Best(worker);
            if (step.Gain <= 0)
            {
                stuck.Add(worker);
                continue;
            }

            Take(step);
            progress = true;
            Enqueue(queue, step.From);
            Enqueue(queue, step.To);
        }
    }

    private void Enqueue(LevelHeap queue, int worker)
    {
        var outside = _board.Outside(worker);
        if (outside > 0)
            queue.Push(worker, -outside);
    }

    private void Take(Step step)
    {
        _board.Move(step.Stream, step.From, step.To);
        if (step.Back >= 0)
            _board.Move(step.Back, step.To, step.From);
        _order.Update(step.From);
        _order.Update(step.To);
    }

    private Step Best(int worker)
    {
        var gives = _board.Load[worker] > _board.High[worker];
        var best = Step.None;
        foreach (var swap in (ReadOnlySpan<bool>)[false, true])
        {
            var look = Math.Min(LookMax, _order.Count);
            for (var i = 0; i < look; i++)
            {
                var other = gives ? _order.Lowest(i) : _order.Highest(i);
                if (other == worker || _board.Level(other) == _board.Level(worker))
                    continue;
                var (from, to) = gives ? (worker, other) : (other, worker);
                var step = swap ? Swaps.Best(_board, from, to) : Steps.Best(_board, from, to);
                if (step.IsBetterThan(best))
                    best = step;
            }

            if (best.Gain > 0)
                break;
        }

        return best;
    }
}
