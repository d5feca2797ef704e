using System.Text.RegularExpressions;

namespace Weir.Bus.Names;

/// <summary>Every name on the broker, so that a person who reads the management UI knows whose each thing is.</summary>
public static partial class BrokerNames
{
    /// <summary>The topic exchange of all facts and wake-ups; routing key <c>Message.pool</c>.</summary>
    public const string Events = "weir.events";

    /// <summary>The exchange of what endpoints could not handle, for Monitor.</summary>
    public const string Faults = "weir.faults";

    /// <summary>What an asker's queue for answers begins with.</summary>
    public const string AskPrefix = "weir.ask.";

    private const string WorkerPrefix = "weir.w.";

    /// <summary>A service's queue and the exchange before it: <c>weir.service.what</c>.</summary>
    /// <param name="service">1 to 64 letters, digits or hyphens, such as <c>registry</c>.</param>
    /// <param name="what">1 to 64 letters, digits or hyphens, such as <c>beats</c>.</param>
    /// <exception cref="ArgumentException">A part breaks the rule.</exception>
    public static string ServiceQueue(string service, string what) => $"weir.{Checked(service)}.{Checked(what)}";

    /// <summary>Where messages of a queue are parked with their reason: <c>queue_error</c>.</summary>
    public static string ErrorQueue(string queue) => queue + "_error";

    /// <summary>The command queue of one worker process: <c>weir.w.id.process</c>.</summary>
    public static string WorkerQueue(string worker, string process) => $"{WorkerPrefix}{Checked(worker)}.{Checked(process)}";

    /// <summary>The beat queue of one worker process: <c>weir.w.id.process.beat</c>.</summary>
    public static string WorkerBeatQueue(string worker, string process) => WorkerQueue(worker, process) + ".beat";

    /// <summary>The one exchange that a worker sends to: <c>weir.w.id.out</c>.</summary>
    public static string WorkerOut(string worker) => $"{WorkerPrefix}{Checked(worker)}.out";

    /// <summary>The regular expression of all that one worker may configure, write and read on the broker.</summary>
    public static string WorkerRights(string worker) => $@"^weir\.w\.{Checked(worker)}([._].*)?$";

    /// <summary>How a connection calls itself: <c>service@host#pid</c>.</summary>
    public static string Connection(string service, string host, int processId) => $"{service}@{host}#{processId}";

    internal static string Checked(string part) => Part().IsMatch(part)
        ? part
        : throw new ArgumentException($"'{part}' cannot be part of a broker name: 1 to 64 letters, digits or hyphens, a letter or digit first", nameof(part));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,63}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
