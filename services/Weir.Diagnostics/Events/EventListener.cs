using System.Threading.Channels;

namespace Weir.Diagnostics.Events;

/// <summary>One who listens: first what it missed, then what comes.</summary>
internal sealed class EventListener(IReadOnlyList<EventLine> missed, Channel<EventLine> waiting)
{
    internal IReadOnlyList<EventLine> Missed => missed;

    /// <summary>Ends when the listener was too slow.</summary>
    internal ChannelReader<EventLine> Coming => waiting.Reader;

    /// <summary>False when no more may wait for it; it is over then.</summary>
    internal bool TryTake(EventLine line)
    {
        if (waiting.Writer.TryWrite(line)) return true;
        waiting.Writer.TryComplete();
        return false;
    }
}
