using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Explaining;

/// <summary>Why a Fenced stream does not get beyond its start, as far as it can be seen from here: only its worker knows whether the handler claims.</summary>
internal static class Unstarted
{
    /// <summary>The stream was granted, and each time taken back before it ran.</summary>
    internal const string Reason = "notStarted";

    private const string Released = "released";

    /// <summary>What is added to the words, and whether it has happened before; null where there is nothing to say.</summary>
    internal static (string Words, bool Again)? Of(Explanation of)
    {
        var stream = of.Stream;
        if (stream.Class != "fenced" || stream.State is StreamState.Paused or StreamState.Quarantined) return null;
        var isStarting = stream.Ownership == "starting" && stream.Worker is not null;
        var isUnstarted = stream.Worker is not null && of.Owners.Any(owner => owner.Epoch == stream.Epoch && owner.RunningAt is null);
        var ended = of.Owners.SkipWhile(owner => owner.Epoch == stream.Epoch && stream.Worker is not null).TakeWhile(owner => owner.RunningAt is null && owner.End == Released).ToList();
        if (!isStarting && (ended.Count == 0 || !(isUnstarted || stream.Worker is null))) return null;
        var before = ended.Count switch
        {
            0 => "",
            1 => $" Before that {ended[0].Worker} was given it and it was taken back unstarted.",
            _ => $" Before that it was given out {ended.Count} times and each time taken back unstarted, from {ended[0].Worker} last.",
        };
        var worker = stream.Worker ?? ended[0].Worker;
        return (
            $".{before} It is Fenced, so it counts as started when its handler has claimed its sink (StreamLease.ClaimAsync). When that does not come, the log of {worker} says so (events 206 and 207): let the handler claim, or declare the stream Unfenced",
            ended.Count > 0);
    }
}
