using Weir.Worker.Ticker.Sinks;

namespace Weir.Worker.Ticker;

/// <summary>What all ticking streams of a host share. Made by <see cref="TickerRegistration"/>.</summary>
public sealed class TickerEngine
{
    internal TickerEngine(TickWheel wheel, ITickSink sink, TickLog log) => (Wheel, Sink, Log) = (wheel, sink, log);

    internal TickWheel Wheel { get; }

    internal ITickSink Sink { get; }

    internal TickLog Log { get; }
}
