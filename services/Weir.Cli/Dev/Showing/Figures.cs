using System.Globalization;

namespace Weir.Cli.Dev.Showing;

/// <summary>How figures are written, the same everywhere in the picture.</summary>
internal static class Figures
{
    private const string Eighths = " ▏▎▍▌▋▊▉";

    internal static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{part * 100:0} %");

    /// <summary>A span that runs: tenths of seconds at first, for they matter then.</summary>
    internal static string Span(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.Zero => "0.0 s",
        { TotalSeconds: < 99.95 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} h {span.Minutes:00} min"),
    };

    /// <summary>Hours, minutes, seconds since the start.</summary>
    internal static string Clock(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{(long)at.TotalHours:00}:{at.Minutes:00}:{at.Seconds:00}");

    /// <summary>The full part of a bar.</summary>
    /// <param name="part">0 to 1.</param>
    /// <param name="columns">How wide the whole bar is.</param>
    /// <returns>At most that many characters.</returns>
    internal static string Bar(double part, int columns)
    {
        var eighths = (int)Math.Round((double.IsFinite(part) ? Math.Clamp(part, 0, 1) : 0) * columns * 8);
        return new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8] : "");
    }

    internal static string Plural(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
