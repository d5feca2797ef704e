namespace Weir.Core.Planning;

/// <summary>
/// Looks for the plan with truly the fewest moves on fleets small enough for it: takes the worker furthest outside its band,
/// tries every stream that could mend it, and goes on until all are inside, first with as few moves as the bound allows, then
/// one more at a time. Some move must touch that worker, so nothing is missed while the budget of looks lasts.
/// </summary>
internal sealed class ExactFinish
{
    private const int StreamsMax = 64;
    private const int LooksMax = 6_000;

    /// <summary>A look at an order is that much cheaper than one at a board.</summary>
    private const int OrderLooks = 8;

    private readonly Board _start;
    private readonly Board _board;
    private readonly List<(double Weight, int From, int To)> _path = [];
    private int _looks;

    private ExactFinish(Board start) => (_start, _board) = (start, start.Copy());

    /// <summary>A plan all inside the band, with fewer moves than the one given if that is inside too; the given one when there is none, or none was found.</summary>
    internal static Board Run(Board start, Board found)
    {
        if (start.Weights.Length > StreamsMax)
            return found;
        var most = found.Violation() > 0 ? start.Weights.Length : found.Moves - start.Moves - 1;
        var finish = new ExactFinish(start);
        for (var moves = 0; moves <= most; moves++)
        {
            if (finish.Search(moves))
                return finish._board;
            if (finish._looks > LooksMax)
                break;
        }

        return found;
    }

    private bool Search(int left)
    {
        var worst = Worst();
        if (worst < 0)
            return CanBeOrdered();
        if (left == 0 || _looks > LooksMax || Needed() > left)
            return false;

        var gives = _board.Load[worst] > _board.High[worst];
        for (var other = 0; other < _board.Share.Length; other++)
        {
            if (other == worst || _board.Share[other] <= 0)
                continue;
            if (gives ? TryEach(worst, other, left) : TryEach(other, worst, left))
                return true;
        }

        return false;
    }

    private bool TryEach(int from, int to, int left)
    {
        if (!_board.TakesOneMore(to))
            return false;
        var shelf = _board.Shelf(from);
        for (var i = shelf.Count - 1; i >= 0; i--)
        {
            var stream = shelf.Stream(i);
            var same = i + 1 < shelf.Count && shelf.Weight(i + 1) == shelf.Weight(i);
            // What was moved once is decided; of equal streams one is enough.
            if (same || _board.Home(stream) != from)
                continue;
            _looks++;
            _path.Add((shelf.Weight(i), from, to));
            _board.Move(stream, from, to);
            if (Search(left - 1))
                return true;
            _board.Move(stream, to, from);
            _path.RemoveAt(_path.Count - 1);
            if (_looks > LooksMax)
                return false;
        }

        return false;
    }

    /// <summary>Whether the moves found have an order that never lifts a worker above where the highest stood.</summary>
    private bool CanBeOrdered()
    {
        var load = (double[])_start.Load.Clone();
        var waiting = new List<(double Weight, int From, int To)>(_path);
        for (var before = waiting.Count + 1; waiting.Count > 0 && waiting.Count < before;)
        {
            before = waiting.Count;
            for (var i = 0; i < waiting.Count; i++)
            {
                var (weight, from, to) = waiting[i];
                if (load[to] + weight > _start.CeilingOf(to))
                    continue;
                load[from] -= weight;
                load[to] += weight;
                waiting.RemoveAt(i--);
            }
        }

        return waiting.Count == 0 || CanBeOrderedOtherwise();
    }

    private bool CanBeOrderedOtherwise()
    {
        if (_path.Count > OrderSearch.MovesMax)
            return false;
        var load = (double[])_start.Load.Clone();
        var order = OrderSearch.Run(
            _path.Count,
            move => load[_path[move].To] + _path[move].Weight <= _start.CeilingOf(_path[move].To),
            (move, sign) =>
            {
                var (weight, from, to) = _path[move];
                load[from] -= sign * weight;
                load[to] += sign * weight;
            },
            out var search);
        _looks += search.Looks / OrderLooks;
        return order.Count > 0;
    }

    private int Worst()
    {
        var (worst, most) = (-1, 0.0);
        for (var w = 0; w < _board.Share.Length; w++)
        {
            var outside = _board.Share[w] > 0 ? _board.Outside(w) : 0;
            if (outside > most)
                (worst, most) = (w, outside);
        }

        return worst;
    }

    /// <summary>Moves that are needed at least: each takes from one overfull worker and fills one underfull, at best.</summary>
    private int Needed()
    {
        var (sheds, fills, heaviest) = (0, 0, 0.0);
        for (var w = 0; w < _board.Share.Length; w++)
            heaviest = _board.Share[w] > 0 ? Math.Max(heaviest, _board.Shelf(w).Heaviest) : heaviest;
        for (var w = 0; w < _board.Share.Length; w++)
        {
            var outside = _board.Share[w] > 0 ? _board.Outside(w) : 0;
            if (outside <= 0)
                continue;
            if (_board.Load[w] > _board.High[w])
                sheds += Fewest(outside, _board.Shelf(w).Heaviest);
            else
                fills += Fewest(outside, heaviest);
        }

        return Math.Max(sheds, fills);
    }

    private static int Fewest(double outside, double heaviest) =>
        heaviest > 0 ? (int)Math.Min(StreamsMax, Math.Ceiling(outside / heaviest * (1 - 1e-9))) : StreamsMax;
}
