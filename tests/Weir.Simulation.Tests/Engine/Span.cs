namespace Weir.Simulation.Tests.Engine;

/// <summary>Spans of virtual time in ticks of 100 ns, as the event queue counts.</summary>
internal static class Span
{
    internal const long Ms = TimeSpan.TicksPerMillisecond;
    internal const long Second = TimeSpan.TicksPerSecond;
    internal const long Minute = TimeSpan.TicksPerMinute;
    internal const long Hour = TimeSpan.TicksPerHour;
}
