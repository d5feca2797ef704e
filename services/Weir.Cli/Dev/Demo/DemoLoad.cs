namespace Weir.Cli.Dev.Demo;

/// <summary>How much a simulated station takes: it drifts slowly round 1, each station in its own time, the same wherever it runs.</summary>
internal static class DemoLoad
{
    private const double Least = 0.5;
    private const double Most = 1.5;
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <param name="stream">The station.</param>
    /// <param name="at">When.</param>
    /// <returns>0.5 to 1.5 units of weight, in steps of 0.05: a smaller change is not worth a report.</returns>
    internal static double Of(string stream, DateTimeOffset at)
    {
        var own = Hash(stream);
        var period = 180 + (own % 300);
        var phase = (own >> 9) % 1000 / 1000d;
        var turn = at.ToUnixTimeMilliseconds() / 1000d / period + phase;
        var load = (Least + Most) / 2 + (Most - Least) / 2 * Math.Sin(2 * Math.PI * (turn - Math.Floor(turn)));
        return Math.Round(load * 20) / 20;
    }

    // The runtime's own hash of a string differs from process to process.
    private static uint Hash(string text)
    {
        var hash = Basis;
        foreach (var letter in text)
            hash = unchecked((hash ^ letter) * Prime);
        return hash;
    }
}
