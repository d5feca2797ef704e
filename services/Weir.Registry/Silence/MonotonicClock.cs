namespace Weir.Registry.Silence;

/// <summary>This replica's own monotonic clock as a span since it began; compared with no other's.</summary>
internal sealed class MonotonicClock(TimeProvider clock)
{
    private readonly long _begun = clock.GetTimestamp();

    internal TimeSpan Now => clock.GetElapsedTime(_begun);
}
