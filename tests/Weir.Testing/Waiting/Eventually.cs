namespace Weir.Testing.Waiting;

/// <summary>
/// Waits until something is so, by looking again and again within a bound. For what announces itself, await the
/// announcement instead; this is for another process's state, which can only be looked at.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <param name="what">What is waited for, as it shall stand in the failure: "the queue to be empty".</param>
    /// <param name="look">One look; false and nothing thrown means "not yet".</param>
    /// <param name="within">The bound before scaling by <see cref="Patience"/>.</param>
    /// <param name="cancel">Gives up at once.</param>
    /// <param name="clock">Tells the bound and the pauses; the system's where none is given.</param>
    /// <exception cref="TimeoutException">It was not so in time.</exception>
    public static Task TrueAsync(
        string what, Func<CancellationToken, Task<bool>> look, TimeSpan within, CancellationToken cancel, TimeProvider? clock = null) =>
        GetAsync(what, async token => await look(token) ? "so" : null, within, cancel, clock);

    /// <summary>As <see cref="TrueAsync"/>, for a value that is null until it is there.</summary>
    /// <exception cref="TimeoutException">It was not there in time.</exception>
    public static async Task<T> GetAsync<T>(
        string what, Func<CancellationToken, Task<T?>> look, TimeSpan within, CancellationToken cancel, TimeProvider? clock = null)
        where T : class
    {
        clock ??= TimeProvider.System;
        var bound = Patience.Scale(within);
        var begun = clock.GetTimestamp();
        var pause = FirstPause;
        for (var looks = 1; ; looks++)
        {
            if (await look(cancel) is { } found) return found;

            var waited = clock.GetElapsedTime(begun);
            if (waited >= bound)
            {
                throw new TimeoutException($"Waited {waited.TotalSeconds:0.0} s ({looks} looks) for {what}. " +
                    $"On a slow machine raise the bound with {Patience.Variable}; it is {Patience.Factor} now.");
            }

            await Task.Delay(pause, clock, cancel);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
