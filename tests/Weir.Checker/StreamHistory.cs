namespace Weir.Checker;

/// <summary>One stream, tick after tick. A spell is one owner's ticks without a pause of more than three periods.</summary>
internal sealed class StreamHistory(string stream, double intervalMs)
{
    private const double NanosecondsAMs = 1e6;
    private const int PauseIntervals = 3;

    private readonly List<Spell> _open = [];
    private readonly Dictionary<(Spell, Spell), Doubled> _doubled = [];
    private long _highest;

    internal string Stream => stream;

    internal long Ticks { get; private set; }

    internal long LastAt { get; private set; }

    /// <summary>Ticks under an epoch below one that had ticked already.</summary>
    internal long StaleTicks { get; private set; }

    internal bool IsFenced { get; private set; }

    internal double LargestGapMs { get; private set; }

    /// <summary>How many gaps were larger than what is called one.</summary>
    internal int Gaps { get; private set; }

    internal IEnumerable<Doubled> DoubledSpells => _doubled.Values;

    internal void Add(in TickLine tick, double gapMs)
    {
        if (Ticks > 0)
        {
            var gap = (tick.At - LastAt) / NanosecondsAMs;
            LargestGapMs = Math.Max(LargestGapMs, gap);
            Gaps += gap > gapMs ? 1 : 0;
        }
        (Ticks, LastAt, IsFenced) = (Ticks + 1, tick.At, tick.IsFenced);
        StaleTicks += tick.Epoch < _highest ? 1 : 0;
        _highest = Math.Max(_highest, tick.Epoch);
        Compare(SpellOf(tick));
    }

    private Spell SpellOf(TickLine tick)
    {
        _open.RemoveAll(spell => (tick.At - spell.Last) / NanosecondsAMs > PauseIntervals * intervalMs);
        var own = _open.Find(spell => spell.Owner == tick.Owner);
        if (own is null)
            _open.Add(own = new Spell(tick.Owner, tick.At));
        own.Last = tick.At;
        return own;
    }

    // Both ran from the later start to the other's last tick; more than one period of that is no hand-over any more.
    private void Compare(Spell own)
    {
        foreach (var other in _open)
        {
            var from = Math.Max(own.From, other.From);
            var overlap = (other.Last - from) / NanosecondsAMs;
            if (other != own && overlap > intervalMs)
            {
                var pair = other.From <= own.From ? (other, own) : (own, other);
                _doubled[pair] = new Doubled(stream, pair.Item1.Owner, pair.Item2.Owner, from, overlap, IsFenced);
            }
        }
    }
}
