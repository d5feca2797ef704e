using System.Globalization;

namespace Weir.Cli.Showing;

/// <summary>Figures as a person reads them; never by the machine's language, so that they read alike everywhere.</summary>
internal static class Figures
{
    internal static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}{(count == 1 ? "" : "s")}");

    internal static string Number(double figure) => figure.ToString("0.###", CultureInfo.InvariantCulture);

    internal static string Percent(double part) => part.ToString("0.0%", CultureInfo.InvariantCulture);

    internal static string At(DateTimeOffset? instant) => instant is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "-";

    /// <summary>The two largest units that say something.</summary>
    internal static string Span(long milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(milliseconds);
        if (span.TotalSeconds < 1) return string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms");
        if (span.TotalMinutes < 1) return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");
        if (span.TotalHours < 1) return string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s");
        return span.TotalDays < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h");
    }
}
