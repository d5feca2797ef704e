namespace Weir.Core.Planning;

/// <summary>
/// Looks for an order in which every one of a few moves is safe when its turn comes. Taking whatever is safe next may end in a
/// corner that another order avoids, so this goes back and tries the others; a set of moves that led nowhere is not tried again.
/// </summary>
internal sealed class OrderSearch
{
    /// <summary>More moves than this have too many orders.</summary>
    internal const int MovesMax = 12;

    private readonly Func<int, bool> _isSafe;
    private readonly Action<int, int> _shift;
    private readonly int _moves;
    private readonly HashSet<int> _dead = [];
    private readonly List<int> _order = [];

    private OrderSearch(int moves, Func<int, bool> isSafe, Action<int, int> shift) => (_moves, _isSafe, _shift) = (moves, isSafe, shift);

    /// <summary>Sets of moves that were looked at.</summary>
    internal int Looks { get; private set; }

    /// <summary>Searches all orders; of several the first in the moves' own order.</summary>
    /// <param name="moves">How many there are, at most <see cref="MovesMax"/>.</param>
    /// <param name="isSafe">Whether a move, by its number, is safe as things stand.</param>
    /// <param name="shift">Makes a move (1) or takes it back (-1).</param>
    /// <param name="search">What was looked at; its moves are taken back again.</param>
    /// <returns>The order as numbers; empty when there is none.</returns>
    internal static IReadOnlyList<int> Run(int moves, Func<int, bool> isSafe, Action<int, int> shift, out OrderSearch search)
    {
        search = new OrderSearch(moves, isSafe, shift);
        return search.Find(0) ? search._order : [];
    }

    private bool Find(int made)
    {
        Looks++;
        if (made == (1 << _moves) - 1)
            return true;
        for (var move = 0; move < _moves; move++)
        {
            var next = made | 1 << move;
            if (next == made || _dead.Contains(next) || !_isSafe(move))
                continue;
            _shift(move, 1);
            _order.Add(move);
            var found = Find(next);
            _shift(move, -1);
            if (found)
                return true;
            _order.RemoveAt(_order.Count - 1);
            _dead.Add(next);
        }

        return false;
    }
}
