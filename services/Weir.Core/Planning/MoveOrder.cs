namespace Weir.Core.Planning;

/// <summary>
/// Puts the moves into an order in which the fleet may be left at any point: no worker above its capacity on the way, none
/// higher than the highest is before or after. The wanted order is kept as far as that allows.
/// </summary>
internal sealed class MoveOrder
{
    private const double Rounding = 1 + 1e-12;

    private readonly Standing _standing;
    private readonly int[] _count;
    private readonly double[] _load;
    private readonly int[] _room;
    private double _ceiling;

    private MoveOrder(Standing standing)
    {
        _standing = standing;
        _count = new int[standing.Count.Length];
        _load = new double[standing.Count.Length];
        _room = new int[standing.Count.Length];
    }

    internal static void MakeEachPrefixSafe(Standing standing, Draft draft)
    {
        if (draft.Moves.Length == 0 || OnlyGiversAndTakers(standing, draft))
            return;
        var order = new MoveOrder(standing);
        order.Start(draft);
        draft.Moves = order.Sequence(draft);
    }

    /// <summary>When no worker both gives and takes, every worker goes straight from its first to its last count: any order is safe.</summary>
    private static bool OnlyGiversAndTakers(Standing standing, Draft draft)
    {
        var gives = new bool[standing.Count.Length];
        var takes = new bool[standing.Count.Length];
        foreach (var move in draft.Moves)
            gives[move.From] = takes[move.To] = true;
        foreach (var placement in draft.Placements)
            takes[placement.To] = true;
        for (var w = 0; w < gives.Length; w++)
        {
            if (gives[w] && takes[w])
                return false;
        }

        return true;
    }

    private void Start(Draft draft)
    {
        var snapshot = _standing.Snapshot;
        for (var s = 0; s < snapshot.Owners.Length; s++)
            Add(_standing.LiveOwner(s), s, 1);
        foreach (var placement in draft.Placements)
            Add(placement.To, placement.Stream, 1);
        RaiseCeiling();
        for (var w = 0; w < _room.Length; w++)
            _room[w] = Math.Max(_standing.Capacity(w), _count[w]);
        foreach (var move in draft.Moves)
            Shift(move, 1);
        RaiseCeiling();
        foreach (var move in draft.Moves)
            Shift(move, -1);
    }

    private void RaiseCeiling()
    {
        for (var w = 0; w < _load.Length; w++)
        {
            if (_standing.Share[w] > 0)
                _ceiling = Math.Max(_ceiling, _load[w] / _standing.Share[w] * Rounding);
        }
    }

    private Move[] Sequence(Draft draft)
    {
        var ordered = new List<Move>(draft.Moves.Length);
        var waiting = draft.Moves.ToList();
        while (waiting.Count > 0)
        {
            var later = new List<Move>();
            foreach (var move in waiting)
            {
                if (!IsSafe(move))
                {
                    later.Add(move);
                    continue;
                }

                Shift(move, 1);
                ordered.Add(move);
            }

            if (later.Count == waiting.Count)
                break;
            waiting = later;
        }

        foreach (var move in waiting)
            draft.Delays.Add(new Delay(move.Stream, move.From, DelayReason.NoRoom));
        return [.. ordered];
    }

    private bool IsSafe(Move move)
    {
        var to = move.To;
        var weight = _standing.Snapshot.WeightOf(move.Stream);
        return _count[to] < _room[to] && _load[to] + weight <= _ceiling * _standing.Share[to];
    }

    private void Shift(Move move, int sign)
    {
        Add(move.From, move.Stream, -sign);
        Add(move.To, move.Stream, sign);
    }

    private void Add(int worker, int stream, int sign)
    {
        if (worker < 0)
            return;
        _count[worker] += sign;
        _load[worker] += sign * _standing.Snapshot.WeightOf(stream);
    }
}
