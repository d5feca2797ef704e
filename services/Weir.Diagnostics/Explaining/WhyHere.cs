using System.Globalization;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Explaining;

/// <summary>Why a stream is where it is, by name and in words.</summary>
internal static class WhyHere
{
    internal static (string Reason, string Words) Of(Explanation of)
    {
        var (reason, words) = Placed(of);
        return Unstarted.Of(of) is { } unstarted ? (unstarted.Again ? Unstarted.Reason : reason, words + unstarted.Words) : (reason, words);
    }

    private static (string Reason, string Words) Placed(Explanation of) => of.Stream.State switch
    {
        StreamState.Paused => ("paused", of.Stream.Worker is { } holder ? $"An operator paused it; {holder} is to release it" : "An operator paused it: nobody gets it until it is resumed"),
        StreamState.Quarantined => ("quarantined", $"It brought down its owners {of.Stream.Failures} times in ten minutes: nobody gets it until it is resumed"),
        StreamState.Unowned => Unowned(of),
        _ => Owned(of, of.Stream.Worker!),
    };

    private static (string, string) Unowned(Explanation of)
    {
        var last = of.Owners.Count > 0 ? of.Owners[0].Worker : null;
        return of.Stream.UnownedBecause switch
        {
            "declared" => ("declared", "It was declared and not yet placed"),
            "ownerLost" => ("ownerLost", $"{last ?? "Its owner"} was lost; another may start it once that one can no longer act on it{(of.Stream.Class == "unfenced" ? ", when its lease has run out" : "")}"),
            "failed" or "refused" => (of.Stream.UnownedBecause, $"Its handler on {last ?? "its last owner"} ended by itself or would not start; it is placed again"),
            { } other => (other, $"{last ?? "Its last owner"} has it no more ({other}); it waits to be placed"),
            null => ("unowned", "Nobody has it"),
        };
    }

    private static (string, string) Owned(Explanation of, string worker)
    {
        var entry = of.Owners.FirstOrDefault(owner => owner.Epoch == of.Stream.Epoch);
        var here = of.Stream.Ownership switch
        {
            "starting" => $"{worker} is to start it and has not said that it runs",
            "releasing" => $"{worker} was asked to release it and has not said that it did",
            _ => $"{worker} runs it",
        };
        if (of.Stream.Migration is { } move && move.State == "releasing") here = $"{worker} is to release it, and {move.To ?? "another"} gets it";
        var (reason, why) = entry?.Reason switch
        {
            null => ("unheard", "this service did not hear when it was granted"),
            OwnerHistory.Placed => (OwnerHistory.Placed, "it had no owner, and this worker had the most room by its share"),
            OwnerHistory.OwnerLost => (OwnerHistory.OwnerLost, $"{entry.From} was lost, and this worker had the most room by its share"),
            OwnerHistory.Kept => (OwnerHistory.Kept, "its worker came back under a new lease and still ran it"),
            "workerDraining" => ("workerDraining", $"{entry.From} was being emptied"),
            "newWorker" => ("newWorker", $"{worker} was new and got its share, from {entry.From}"),
            "imbalance" => ("imbalance", $"{entry.From} had more than its share, or {worker} less"),
            "manual" => ("manual", "it is pinned to this worker"),
            { } other => (other, $"the plan moved it from {entry.From} ({other})"),
        };
        return (reason, $"{here} under epoch {of.Stream.Epoch.ToString(CultureInfo.InvariantCulture)}: {why}");
    }
}
