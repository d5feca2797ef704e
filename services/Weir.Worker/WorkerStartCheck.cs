using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weir.Worker;

/// <summary>The host's own check of all options at its start, but that all that is wrong is said together and in words.</summary>
internal sealed class WorkerStartCheck(IStartupValidator all, ILoggerFactory? loggers) : IStartupValidator
{
    private const string HostsOwn = "Microsoft.Extensions.Hosting.Internal.Host";

    private static int _listens;

    public void Validate()
    {
        try
        {
            all.Validate();
        }
        catch (Exception e) when (Words(e) is { Count: > 0 } faults)
        {
            throw new WorkerRefusedException(faults, loggers?.CreateLogger(HostsOwn).IsEnabled(LogLevel.Error) == true);
        }
    }

    /// <summary>From now on a refusal that nobody catches ends the process as documented.</summary>
    internal static void Listen()
    {
        if (Interlocked.Exchange(ref _listens, 1) == 0)
            AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => End(unhandled.ExceptionObject);
    }

    private static void End(object unhandled)
    {
        if (unhandled is not WorkerRefusedException refusal)
            return;
        if (!refusal.WasLogged)
            Console.Error.WriteLine(refusal.Message);
        Environment.Exit(WorkerExitCode.Refused);
    }

    private static List<string> Words(Exception fault) => fault switch
    {
        AggregateException several when several.InnerExceptions.All(one => Words(one).Count > 0) => [.. several.InnerExceptions.SelectMany(Words).Distinct(StringComparer.Ordinal)],
        OptionsValidationException refused => [.. refused.Failures.Distinct(StringComparer.Ordinal)],
        // A value that its configuration cannot be read as: the message names both.
        InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException } unreadable => [unreadable.Message],
        _ => [],
    };
}
