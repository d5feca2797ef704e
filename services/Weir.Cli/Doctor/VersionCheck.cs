using System.Text.RegularExpressions;

namespace Weir.Cli.Doctor;

/// <summary>Whether all that is connected is of one version.</summary>
internal static partial class VersionCheck
{
    private const string Check = "versions";
    private const string Untold = "one that does not say";
    private const int NamedMax = 4;

    /// <param name="connections">All of the virtual host.</param>
    /// <param name="mine">This program's version.</param>
    internal static Finding Judge(IEnumerable<Connected> connections, string mine)
    {
        var ours = connections.Select(one => (Process: ProcessOf(one.Name), one.Version)).Where(one => one.Process is not null || one.Version is not null)
            .Select(one => (Process: one.Process ?? "a connection without a name", Version: one.Version ?? Untold)).Distinct().ToLookup(one => one.Version, one => one.Process, StringComparer.Ordinal);
        if (ours.Count == 0)
            return Finding.Ok(Check, $"nothing of Weir is connected; this program is {mine}");
        var words = string.Join("; ", ours.OrderBy(version => version.Key, StringComparer.Ordinal).Select(version => $"{version.Key}: {Named([.. version.Order(StringComparer.Ordinal)])}"));
        if (ours.Count > 1)
            return Finding.Warning(Check, words, "bring all to the newest of them, services before workers; while a roll-out is under way this is as it must be");
        return ours.Single().Key == mine
            ? Finding.Ok(Check, $"all that is connected is {mine}")
            : Finding.Warning(Check, $"{words}; this program is {mine}", "use the tool of the version that runs, for another may misread its tables and answers");
    }

    // A process has several connections: worker.w1 and worker.w1.beat are one.
    private static string? ProcessOf(string name) =>
        Naming().Match(name) is { Success: true } found ? $"{found.Groups["who"].Value.Replace(".beats", "", StringComparison.Ordinal).Replace(".beat", "", StringComparison.Ordinal)}@{found.Groups["where"].Value}" : null;

    private static string Named(List<string> processes) =>
        string.Join(", ", processes.Take(NamedMax)) + (processes.Count > NamedMax ? FormattableString.Invariant($" and {processes.Count - NamedMax} more") : "");

    [GeneratedRegex("^(?<who>(registry|orchestrator|monitor|diagnostics|consistency|worker\\.)[A-Za-z0-9.+-]*)@(?<where>[^#]+#[0-9]+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Naming();
}
