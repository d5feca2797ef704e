using System.Globalization;

namespace Weir.Testing.Waiting;

/// <summary>
/// How long tests wait before they give up. Every time-out of a test goes through here, so that a slow machine
/// raises them all at once with <c>WEIR_TEST_TIMEOUT_SCALE</c>, a factor from 0.1 to 100.
/// </summary>
public static class Patience
{
    public const string Variable = "WEIR_TEST_TIMEOUT_SCALE";

    /// <summary>What every time-out is multiplied by; 1 where the variable is not set.</summary>
    public static double Factor { get; } = Read(Environment.GetEnvironmentVariable(Variable));

    public static TimeSpan Scale(TimeSpan time) => time * Factor;

    public static TimeSpan Seconds(double seconds) => Scale(TimeSpan.FromSeconds(seconds));

    /// <summary>A token that is cancelled with the caller's or once the scaled time is over; dispose it.</summary>
    public static CancellationTokenSource Limit(TimeSpan time, CancellationToken cancel)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        source.CancelAfter(Scale(time));
        return source;
    }

    /// <exception cref="FormatException">The text is no number from 0.1 to 100.</exception>
    internal static double Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return 1;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor);
        return isNumber && factor is >= 0.1 and <= 100
            ? factor
            : throw new FormatException($"{Variable} is '{text}'; give a factor from 0.1 to 100, such as 3.");
    }
}
