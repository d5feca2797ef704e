namespace Weir.Cli.Dev.Fleet;

/// <summary>The workers that this run has started: in this process, or processes of their own. Thread-safe.</summary>
internal interface IFleet
{
    /// <summary>Those that run, in the order they were started.</summary>
    IReadOnlyList<string> Running { get; }

    /// <summary>Called when a worker has ended that was not told to, with its name, its exit code and its last words.</summary>
    Action<string, int, string>? Ended { get; set; }

    /// <summary>Starts one.</summary>
    Task AddAsync(string worker, double capacity, CancellationToken cancel);

    /// <summary>Ends one without a word, as a power cut would.</summary>
    Task CrashAsync(string worker);

    /// <summary>Ends one in order: its streams are taken first. Returns when it has left.</summary>
    Task DrainAsync(string worker);

    /// <summary>Ends all at once, in order, without waiting for somebody who takes their streams.</summary>
    Task StopAsync(CancellationToken cancel);

    /// <summary>This program ends now: no process of a worker outlives it.</summary>
    void KillAll();
}
