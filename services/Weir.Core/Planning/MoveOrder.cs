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
    private double _before;
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
        if (OnlyGiversAndTakers(standing, draft))
            return;
        var order = new MoveOrder(standing);
        order.Start(draft);
        draft.Moves = order.Sequence(draft);
    }

    /// <summary>When no worker both gives and takes, every worker goes straight from its first to its last count: any order is safe.</summary>
    private static bool OnlyGiversAndTakers(Standing standing, Draft draft)
    {
        // A pin may go to a worker that was full.
        if (standing.Pins.Count > 0)
            return false;
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
        draft.Placements = PlaceWhereRoomIs(draft);
        _before = Highest();
        for (var w = 0; w < _room.Length; w++)
            _room[w] = _standing.Capacity(w);
    }

    /// <summary>Placements come before any move, so a place that a move is still to free cannot be filled: the lowest with room takes it.</summary>
    private Placement[] PlaceWhereRoomIs(Draft draft)
    {
        var placements = new List<Placement>(draft.Placements.Length);
        foreach (var placement in draft.Placements)
        {
            var to = placement.To;
            if (_count[to] >= _standing.Capacity(to))
                to = LowestWithRoom();
            if (to < 0 || (to != placement.To && _standing.HeldStreams.Has(placement.Stream)))
            {
                draft.Unplaced.Add(new Unplaced(placement.Stream, UnplacedReason.NoRoom));
                continue;
            }

            Add(to, placement.Stream, 1);
            placements.Add(new Placement(placement.Stream, to));
        }

        return [.. placements];
    }

    private int LowestWithRoom()
    {
        var lowest = -1;
        for (var w = 0; w < _count.Length; w++)
        {
            var takes = _standing.Snapshot.States[w] == WorkerState.Active && _count[w] < _standing.Capacity(w) - _standing.KeptFree[w];
            if (takes && (lowest < 0 || _load[w] / _standing.Share[w] < _load[lowest] / _standing.Share[lowest]))
                lowest = w;
        }

        return lowest;
    }

    private double Highest()
    {
        var highest = 0d;
        for (var w = 0; w < _load.Length; w++)
        {
            if (_standing.Share[w] > 0)
                highest = Math.Max(highest, _load[w] / _standing.Share[w] * Rounding);
        }

        return highest;
    }

    private double HighestAfter(IReadOnlyList<Move> moves)
    {
        foreach (var move in moves)
            Shift(move, 1);
        var highest = Highest();
        Undo(moves);
        return highest;
    }

    /// <summary>What stays behind may be what would have stood highest: the others are then held to how high they end without it.</summary>
    private Move[] Sequence(Draft draft)
    {
        var moves = draft.Moves;
        while (true)
        {
            _ceiling = Math.Max(_before, HighestAfter(moves));
            var made = Make(moves, out var waiting);
            if (waiting.Count == 0)
                return made;
            draft.Dropped += waiting.Count;
            foreach (var move in waiting)
                draft.Delays.Add(new Delay(move.Stream, move.From, DelayReason.NoRoom));
            Undo(made);
            moves = made;
        }
    }

    /// <summary>Makes as many as can be, each where it is safe.</summary>
    /// <param name="moves">In the wanted order.</param>
    /// <param name="waiting">Those that cannot be.</param>
    /// <returns>Those that are made, in their order.</returns>
    private Move[] Make(Move[] moves, out List<Move> waiting)
    {
        var ordered = new List<Move>(moves.Length);
        waiting = [.. moves];
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

        if (waiting.Count == 0 || Otherwise(moves, ordered) is not { Length: > 0 } whole)
            return [.. ordered];
        waiting = [];
        return whole;
    }

    /// <summary>All moves in another order, when the wanted one leads into a corner and they are few enough to search.</summary>
    private Move[] Otherwise(Move[] moves, List<Move> made)
    {
        if (moves.Length > OrderSearch.MovesMax)
            return [];
        Undo(made);
        var order = OrderSearch.Run(moves.Length, move => IsSafe(moves[move]), (move, sign) => Shift(moves[move], sign), out _);
        foreach (var move in order.Count > 0 ? order.Select(move => moves[move]) : made)
            Shift(move, 1);
        return [.. order.Select(move => moves[move])];
    }

    private bool IsSafe(Move move)
    {
        var to = move.To;
        var weight = _standing.Snapshot.WeightOf(move.Stream);
        // Drains and pins are orders; only what is done by choice must not lift the highest.
        var ordered = move.Reason is MoveReason.WorkerDraining or MoveReason.Manual;
        return _count[to] < _room[to] && (ordered || _load[to] + weight <= _ceiling * _standing.Share[to]);
    }

    private void Shift(Move move, int sign)
    {
        Add(move.From, move.Stream, -sign);
        Add(move.To, move.Stream, sign);
    }

    private void Undo(IReadOnlyList<Move> made)
    {
        for (var i = made.Count - 1; i >= 0; i--)
            Shift(made[i], -1);
    }

    private void Add(int worker, int stream, int sign)
    {
        if (worker < 0)
            return;
        _count[worker] += sign;
        _load[worker] += sign * _standing.Snapshot.WeightOf(stream);
    }
}
