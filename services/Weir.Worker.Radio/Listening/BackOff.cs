namespace Weir.Worker.Radio.Listening;

/// <summary>How long to wait before a lost station is tuned in again: doubled with each failure, half of it by chance, first again after a good while.</summary>
internal sealed class BackOff(RadioOptions options, Func<double> chance)
{
    private static readonly TimeSpan GoodWhile = TimeSpan.FromSeconds(30);

    private int _failures;

    /// <param name="listened">How long the station was heard before it was lost; zero where it was not.</param>
    internal TimeSpan Next(TimeSpan listened)
    {
        if (listened >= GoodWhile)
            _failures = 0;
        var most = options.RetryMost.TotalMilliseconds;
        var wait = Math.Min(most, options.RetryFirst.TotalMilliseconds * Math.Pow(2, _failures));
        if (wait < most)
            _failures++;
        return TimeSpan.FromMilliseconds(wait * (0.5 + chance() / 2));
    }
}
