namespace Weir.Testing.Servers.Processes;

/// <summary>What to run as a child: a program of an installed package, with a folder of its own.</summary>
internal sealed record ChildCommand(string Name, string File, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>As root, the user that the program runs as, since neither server runs as root; ignored for all others.</summary>
    public string? User { get; init; }

    /// <summary>That user's group, where it has another name.</summary>
    public string? Group { get; init; }

    /// <summary>Set for the child; a null removes a variable that we have.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Asks it to end at once and tidily; SIGKILL follows where it does not.</summary>
    public Signal EndSignal { get; init; } = Signal.Kill;

    public string LogFile => Path.Combine(Folder, "output.log");

    /// <summary>The program and its arguments, run as the user.</summary>
    public IReadOnlyList<string> Line => User is not null && Posix.IsRoot
        ? ["setpriv", "--reuid", User, "--regid", Group ?? User, "--clear-groups", File, .. Arguments]
        : [File, .. Arguments];
}
