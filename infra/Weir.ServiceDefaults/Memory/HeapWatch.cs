namespace Weir.ServiceDefaults.Memory;

/// <summary>Says when memory is to be given back: the program is calm, and its heap has grown well above what it was the last time.</summary>
internal sealed class HeapWatch
{
    /// <summary>A period that allocates less is calm: three times what the beats of a hundred workers make a Registry allocate in ten seconds.</summary>
    internal const long CalmBytes = 128 * 1024 * 1024;

    /// <summary>So many calm periods one after another, and what was to be done is done.</summary>
    internal const int CalmPeriods = 3;

    /// <summary>Growth that is worth the pause.</summary>
    internal const long GrownBytes = 12 * 1024 * 1024;

    private long? _least;
    private int _calm;

    /// <summary>Takes one more period into account.</summary>
    /// <param name="allocated">What was allocated within it, in bytes.</param>
    /// <param name="committed">What the heap takes at its end, in bytes.</param>
    internal bool IsDue(long allocated, long committed)
    {
        _least = Math.Min(_least ?? committed, committed);
        _calm = allocated < CalmBytes ? _calm + 1 : 0;
        if (_calm < CalmPeriods || committed - _least < GrownBytes) return false;
        (_least, _calm) = (null, 0);
        return true;
    }
}
