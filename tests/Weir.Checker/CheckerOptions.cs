using System.Globalization;

namespace Weir.Checker;

/// <summary>What is checked and against what.</summary>
/// <param name="LogDirectory">Where the <c>*.ticks</c> files are.</param>
/// <param name="Json">Whether to print JSON.</param>
/// <param name="GapMs">What is worth calling a gap.</param>
/// <param name="FailOnGap">Whether such a gap is a find.</param>
/// <param name="From">Ticks before count for nothing; wall clock, milliseconds.</param>
/// <param name="To">Ticks after count for nothing.</param>
/// <param name="Expect">The streams that must tick, to the end; null when nothing is expected.</param>
/// <param name="Sink">A PostgreSQL connection string or the path of a SQLite file; null when there is none to read.</param>
internal sealed record CheckerOptions(
    string LogDirectory, bool Json, double GapMs, bool FailOnGap, long From, long To, IReadOnlyList<string>? Expect, string? Sink)
{
    internal const string Usage = """
        checker LOGDIR [--json] [--gap-ms 500] [--fail-on-gap] [--from T] [--to T] [--expect streams.txt] [--sink CONNECTION|FILE]
          T is a time such as 2026-01-31T12:00:00Z, or milliseconds since 1970.
          --expect names a file with one stream a line: each must tick, and still tick at the end.
          --sink is the tickers' PostgreSQL (Host=...) or SQLite file: rows taken under an old epoch are found there.
          Exit: 0 clean; 1 doubled, lost, or taken under an old epoch (gaps only with --fail-on-gap); 2 wrong usage.
        """;

    private const double DefaultGapMs = 500;

    internal static CheckerOptions Parse(IReadOnlyList<string> args)
    {
        var options = new CheckerOptions("", Json: false, DefaultGapMs, FailOnGap: false, long.MinValue, long.MaxValue, Expect: null, Sink: null);
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Json = true },
                "--fail-on-gap" => options with { FailOnGap = true },
                "--gap-ms" => options with { GapMs = Number(Value(args, ref i)) },
                "--from" => options with { From = Time(Value(args, ref i)) },
                "--to" => options with { To = Time(Value(args, ref i)) },
                "--expect" => options with { Expect = [.. File.ReadLines(Value(args, ref i)).Select(line => line.Trim()).Where(line => line.Length > 0)] },
                "--sink" => options with { Sink = Value(args, ref i) },
                var directory when options.LogDirectory.Length == 0 && !directory.StartsWith('-') => options with { LogDirectory = directory },
                var other => throw new FormatException($"'{other}' is not understood"),
            };
        }
        if (!Directory.Exists(options.LogDirectory))
            throw new FormatException(options.LogDirectory.Length == 0 ? "The folder of the logs is missing" : $"There is no folder '{options.LogDirectory}'");
        // No log at all would else look like no fault at all.
        return Directory.EnumerateFiles(options.LogDirectory, "*.ticks", SearchOption.AllDirectories).Any()
            ? options
            : throw new FormatException($"There is no log (*.ticks) in '{options.LogDirectory}'");
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value");

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new FormatException($"'{text}' is no number above 0");

    private static long Time(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var milliseconds)
        ? milliseconds
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new FormatException($"'{text}' is no time");
}
