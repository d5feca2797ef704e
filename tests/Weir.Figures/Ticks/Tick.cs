namespace Weir.Figures.Ticks;

/// <summary>One line of a ticker's log; when it was is told on <see cref="BootClock"/>.</summary>
internal readonly record struct Tick(string Stream, long Epoch, string Worker, long Incarnation, TimeSpan At);
