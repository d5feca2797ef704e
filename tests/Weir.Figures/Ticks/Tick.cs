using Weir.Worker.Ticker;

namespace Weir.Figures.Ticks;

/// <summary>One line of a ticker's log, <c>S</c>tart, <c>T</c>ick or <c>E</c>nd; when it was is told on <see cref="BootClock"/>.</summary>
internal readonly record struct Tick(char What, string Stream, long Epoch, string Worker, long Incarnation, TimeSpan At)
{
    internal static Tick Of(in TickLine line, string worker) =>
        new(line.What, line.Stream, line.Epoch, worker, line.Incarnation, new TimeSpan(line.At / TimeSpan.NanosecondsPerTick));
}
