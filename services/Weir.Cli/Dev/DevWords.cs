namespace Weir.Cli.Dev;

/// <summary>What `weir dev` says to whoever started it.</summary>
internal static class DevWords
{
    /// <summary>The last line of the picture.</summary>
    internal static IReadOnlyList<(string Key, string Does)> KeyLine { get; } =
        [("k", "crash a worker"), ("a", "add one"), ("d", "drain one"), ("?", "help"), ("q", "stop")];

    /// <summary>The keys at length.</summary>
    internal static IReadOnlyList<string> Keys { get; } =
    [
        "k  crashes the fullest worker, as a power cut would: after 4 s of silence it",
        "   is lost, and its streams start on others, each under a higher epoch.",
        "a  adds a worker: streams move to it until all are level, none too many.",
        "d  drains the newest worker: its streams move first, then it leaves.",
        "q  stops in order, and the state stays; Ctrl-C does so too, twice at once.",
        "│  in a bar is the level that all would have if it were shared out.",
    ];

    /// <summary>Where to look and what to try, before the picture or the lines begin.</summary>
    internal static IEnumerable<string> Welcome(string address, DataFolder data, bool isPerson) =>
    [
        $"weir dev: {address}   state and log: {data.Path}",
        $"Look: curl {address}/api/v1/status   (changes over HTTP need the key in {data.Key})",
        isPerson
            ? "Try: k crashes a worker, a adds one, d drains one, ? explains, q stops."
            : "Try, as lines on standard input: k [worker] crashes a worker, a adds one, d [worker] drains one, q stops.",
    ];
}
