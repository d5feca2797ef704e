namespace Weir.Core.Planning;

/// <summary>What a snapshot must hold before anything is planned on it.</summary>
internal static class SnapshotRules
{
    internal static void Check(Snapshot snapshot, double[]? weights)
    {
        var workers = snapshot.Capacities.Length;
        Length(snapshot.States.Length, workers, "states");
        Length(snapshot.Performances.Length, workers, "performances");
        for (var w = 0; w < workers; w++)
        {
            if (!(snapshot.Capacities[w] > 0 && double.IsFinite(snapshot.Capacities[w])))
                throw Refusal("capacities", w, snapshot.Capacities[w], "a finite number above 0");
            if (!(snapshot.Performances[w] > 0 && snapshot.Performances[w] <= 1))
                throw Refusal("performances", w, snapshot.Performances[w], "above 0 and at most 1");
        }

        if (weights is not null)
            Length(weights.Length, snapshot.Owners.Length, "weights");
        Owners(snapshot.Owners, workers);
        Notes(snapshot, workers);
    }

    private static void Owners(int[] owners, int workers)
    {
        for (var s = 0; s < owners.Length; s++)
        {
            if (owners[s] < -1 || owners[s] >= workers)
                throw Refusal("owners", s, owners[s], $"-1 (none) to {workers - 1}");
        }
    }

    private static void Notes(Snapshot snapshot, int workers)
    {
        var last = -1;
        for (var i = 0; i < snapshot.Notes.Length; i++)
        {
            var note = snapshot.Notes[i];
            if (note.Stream <= last || note.Stream >= snapshot.Owners.Length)
                throw Refusal("notes", i, note.Stream, $"a stream after {last} and before {snapshot.Owners.Length}");
            if (note.PinnedTo < -1 || note.PinnedTo >= workers)
                throw Refusal("notes", i, note.PinnedTo, $"pinned to a worker, -1 (any) to {workers - 1}");
            if (!(note.MovedSecondsAgo >= 0))
                throw Refusal("notes", i, note.MovedSecondsAgo, "moved at least 0 seconds ago");
            last = note.Stream;
        }
    }

    private static void Length(int found, int wanted, string what)
    {
        if (found != wanted)
            throw new ArgumentException($"{what} has {found} entries, wanted {wanted}: one each", what);
    }

    internal static ArgumentException Refusal(string what, int place, double value, string wanted) =>
        new(FormattableString.Invariant($"{what}[{place}] is {value}, wanted: {wanted}"), what);
}
