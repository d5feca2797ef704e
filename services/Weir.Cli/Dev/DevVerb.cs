using System.CommandLine;
using Weir.Persistence.Faults;

namespace Weir.Cli.Dev;

/// <summary>`weir dev`: services and workers in one process, or this machine's workers on real parts, with a living picture.</summary>
internal static class DevVerb
{
    internal const int WorkersMax = 200;
    internal const int StreamsMax = 100_000;

    internal static Command Build(Terminal terminal)
    {
        var demo = new Option<bool>("--demo") { Description = "Declares simulated stations whose load drifts" };
        var count = NumberOption.Of("--streams-count", "How many of them", 1, StreamsMax, 120);
        var file = new Option<FileInfo?>("--streams") { Description = "Declares the streams of a list", HelpName = "stations.csv|.json|.m3u|.pls" };
        var workers = NumberOption.Of("--workers", "How many workers to start with", 1, WorkersMax, 6);
        var port = NumberOption.Of("--port", "The HTTP port on 127.0.0.1; 0 for any that is free", 0, 65_535, 8088);
        var data = new Option<DirectoryInfo>("--data") { Description = "The folder of state and log", DefaultValueFactory = _ => new("./.weir"), HelpName = "./.weir" };
        var bus = new Option<string?>("--bus") { Description = "A real broker; workers then are processes. Goes with --store", HelpName = "amqp://…" };
        var store = new Option<string?>("--store") { Description = "A real database; without it WEIR_STORE, which keeps the password out of the process list", HelpName = "Host=…" };
        var verb = new Command("dev", "Runs everything on this machine and shows it\n\n  weir dev --demo")
        {
            demo, count, file, workers, port, data, bus, store,
        };
        // Not as a task: signals are this verb's own, for it stops in order and within its own time.
        verb.SetAction(parsed => Run(terminal, Checked(new DevSettings(
            parsed.GetValue(demo), parsed.GetValue(count), parsed.GetValue(file), parsed.GetValue(workers), parsed.GetValue(port), parsed.GetValue(data)!,
            RealParts.Of(parsed.GetValue(bus), parsed.GetValue(store), Environment.GetEnvironmentVariable)))));
        return verb;
    }

    private static DevSettings Checked(DevSettings settings)
    {
        if (settings.StreamsFile is { Exists: false } missing)
            throw new InputException($"{missing.FullName} does not exist");
        return settings.Demo && settings.StreamsFile is not null
            ? throw new InputException("--demo and --streams are two ways to get streams: give one of them")
            : settings;
    }

    private static int Run(Terminal terminal, DevSettings settings)
    {
        try
        {
            return new DevRun(settings, terminal, TimeProvider.System).RunAsync().GetAwaiter().GetResult();
        }
        catch (DevRefusedException refusal)
        {
            terminal.Words.WriteLine(refusal.Message);
            return ExitCode.Failed;
        }
        catch (DatabaseFaultException away)
        {
            terminal.Words.WriteLine($"The database does not answer as it should: {away.Message}");
            return ExitCode.Failed;
        }
    }
}
