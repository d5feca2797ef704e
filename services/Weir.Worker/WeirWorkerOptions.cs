namespace Weir.Worker;

/// <summary>Who a worker is and how it behaves. Section <c>Weir:Worker</c>; checked at start, all errors at once.</summary>
public sealed class WeirWorkerOptions
{
    /// <summary>Where these stand in a configuration: <c>Weir:Worker</c>.</summary>
    public const string Section = "Weir:Worker";

    /// <summary>The worker's name, the same at each start of it and no other's.</summary>
    /// <value>None: it must be given. 1 to 64 letters, digits or hyphens, a letter or digit first.</value>
    public string WorkerId { get; set; } = "";

    /// <summary>The pool it joins.</summary>
    /// <value><c>default</c>. 1 to 64 letters, digits or any of <c>. _ -</c>, a letter or digit first.</value>
    public string Pool { get; set; } = "default";

    /// <summary>How many units of weight it can carry; with streams of weight 1, how many streams.</summary>
    /// <value>None: it must be given. Above 0, at most 1,000,000.</value>
    public double Capacity { get; set; }

    /// <summary>Names with values that constraints may ask for.</summary>
    /// <value>None. At most 16; names of 1 to 64 characters, values of at most 64, no control character.</value>
    public IDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The software's version, for people to read.</summary>
    /// <value>null. At most 64 characters, no control character.</value>
    public string? Version { get; set; }

    /// <summary>
    /// Where the file stands by which this process can vouch that the last one of the same worker has ended. Must outlive the
    /// process, and be on this machine.
    /// </summary>
    /// <value>null: <c>weir</c> in the user's folder for local application data.</value>
    public string? DataDirectory { get; set; }

    /// <summary>How long a process that is told to end waits for its streams to be taken before it stops what is left.</summary>
    /// <value>8 s. Allowed: 0 to 5 min.</value>
    public TimeSpan DrainFor { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long the stopped handlers then have to end.</summary>
    /// <value>1.5 s. Allowed: 0 to 1 min.</value>
    public TimeSpan StopFor { get; set; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How long a handler that was told to stop may take before it counts as stuck.</summary>
    /// <value>3 s. Allowed: 100 ms to 10 min.</value>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>What then becomes of the worker.</summary>
    /// <value><see cref="Worker.StuckHandler.Alert"/>.</value>
    public StuckHandler StuckHandler { get; set; } = StuckHandler.Alert;
}
