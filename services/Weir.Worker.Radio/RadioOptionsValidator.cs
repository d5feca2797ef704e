using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Weir.Worker.Radio;

internal sealed class RadioOptionsValidator : IValidateOptions<RadioOptions>
{
    private const int MostBytesLeast = 1_000;

    public ValidateOptionsResult Validate(string? name, RadioOptions options)
    {
        var faults = new List<string>();
        var (ms100, minute) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Sink(faults, options);
        Span(faults, nameof(options.ConnectFor), options.ConnectFor, ms100, minute);
        Span(faults, nameof(options.TuneInFor), options.TuneInFor, ms100, 5 * minute);
        Span(faults, nameof(options.StallAfter), options.StallAfter, ms100, 5 * minute);
        Span(faults, nameof(options.SeenEvery), options.SeenEvery, ms100, minute);
        Span(faults, nameof(options.SameWithin), options.SameWithin, TimeSpan.FromSeconds(1), 10 * minute);
        Span(faults, nameof(options.RetryFirst), options.RetryFirst, TimeSpan.FromMilliseconds(10), minute);
        Span(faults, nameof(options.RetryMost), options.RetryMost, options.RetryFirst, 60 * minute);
        Number(faults, nameof(options.LeastBytesPerSecond), options.LeastBytesPerSecond, 0, 1_000_000);
        Number(faults, nameof(options.MostBytesPerSecond), options.MostBytesPerSecond, MostBytesLeast, 100_000_000);
        Number(faults, nameof(options.BytesPerUnit), options.BytesPerUnit, 1, 100_000_000);
        Number(faults, nameof(options.ConnectionsPerServer), options.ConnectionsPerServer, 1, 10_000);
        if (options.MostBytesPerSecond >= MostBytesLeast && options.LeastBytesPerSecond >= options.MostBytesPerSecond)
            faults.Add($"{RadioOptions.Section}:LeastBytesPerSecond is {options.LeastBytesPerSecond}; give less than MostBytesPerSecond, which is {options.MostBytesPerSecond}");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Sink(List<string> faults, RadioOptions options)
    {
        if (!Enum.IsDefined(options.Sink))
            faults.Add($"{RadioOptions.Section}:Sink is '{options.Sink}'; give Postgres or Sqlite");
        else if (options.ConnectionString.Length == 0)
            faults.Add($"{RadioOptions.Section}:ConnectionString is empty; give that of the {options.Sink} database that all workers of the fleet share");
        else if (Unreadable(options) is { } why)
            faults.Add($"{RadioOptions.Section}:ConnectionString is none for {options.Sink}: {why}");
    }

    // The text itself is not shown: a password may stand in it.
    private static string? Unreadable(RadioOptions options)
    {
        try
        {
            DbConnectionStringBuilder read = options.Sink == RadioSinkKind.Postgres
                ? new NpgsqlConnectionStringBuilder(options.ConnectionString)
                : new SqliteConnectionStringBuilder(options.ConnectionString);
            return read switch
            {
                SqliteConnectionStringBuilder { DataSource: "" or ":memory:" } => "give Data Source=FILE; each connection to a memory database has one of its own",
                NpgsqlConnectionStringBuilder { Host: null or "" } => "it names no server; give Host=…",
                NpgsqlConnectionStringBuilder { Port: var port and (< 1 or > ushort.MaxValue) } => $"its Port is {port}; give 1 to {ushort.MaxValue}",
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            return e.Message;
        }
    }

    private static void Span(List<string> faults, string option, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            faults.Add($"{RadioOptions.Section}:{option} is '{value}'; give {least} to {most}");
    }

    private static void Number(List<string> faults, string option, int value, int least, int most)
    {
        if (value < least || value > most)
            faults.Add($"{RadioOptions.Section}:{option} is {value}; give {least} to {most}");
    }
}
