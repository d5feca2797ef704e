namespace Weir.Core.Planning;

/// <summary>Turns a snapshot into a standing: the constraints are applied once, here, and the levelling sees only their result.</summary>
internal static class Constraints
{
    internal static Standing Apply(Snapshot snapshot, Policy policy)
    {
        var standing = new Standing(snapshot);
        CountOwners(standing);
        foreach (var note in snapshot.Notes)
            Apply(standing, note, policy);
        for (var w = 0; w < snapshot.WorkerCount; w++)
            Bound(standing, w);
        KeepWhatHasNoRoom(standing);
        return standing;
    }

    private static void CountOwners(Standing standing)
    {
        var snapshot = standing.Snapshot;
        // Owner -1 counts in cell 0: one pass over the streams without a branch.
        var counts = new int[snapshot.WorkerCount + 1];
        foreach (var owner in snapshot.Owners)
            unchecked { counts[owner + 1]++; }

        standing.Orphans = counts[0];
        for (var w = 0; w < snapshot.WorkerCount; w++)
        {
            if (standing.IsLive(w))
                standing.Count[w] = standing.CountAtStart[w] = counts[w + 1];
            else
                standing.Orphans += counts[w + 1];
        }
    }

    private static void Apply(Standing standing, StreamNote note, Policy policy)
    {
        var owner = standing.LiveOwner(note.Stream);
        if (note.PinnedTo >= 0 && !note.Quarantined && !note.InFlight && note.PinnedTo != owner)
            Pin(standing, note, owner);
        else if (owner >= 0)
            Hold(standing, note, owner, policy);
        else if (note.Quarantined)
        {
            standing.HeldStreams.Add(note.Stream);
            standing.Orphans--;
            standing.Unplaced.Add(new Unplaced(note.Stream, UnplacedReason.Quarantined));
        }
    }

    private static void Hold(Standing standing, StreamNote note, int owner, Policy policy)
    {
        var leaves = standing.Snapshot.States[owner] == WorkerState.Draining;
        DelayReason reason;
        if (note.InFlight)
            reason = DelayReason.InFlight;
        else if (note.Quarantined)
            reason = DelayReason.Quarantined;
        else if (note.PinnedTo == owner)
            reason = DelayReason.Pinned;
        else if (note.MovedSecondsAgo < policy.CoolDownSeconds && !leaves)
            reason = DelayReason.CoolingDown;
        else
            return;

        HoldAt(standing, note.Stream, owner);
        if (leaves || reason == DelayReason.CoolingDown)
            standing.Delays.Add(new Delay(note.Stream, owner, reason));
    }

    /// <summary>A pin is an order: it is carried out before anything is levelled, as far as its worker can take the stream.</summary>
    private static void Pin(Standing standing, StreamNote note, int owner)
    {
        var target = note.PinnedTo;
        var available = standing.Snapshot.States[target] == WorkerState.Active;
        standing.HeldStreams.Add(note.Stream);
        if (owner < 0)
            standing.Orphans--;
        if (!available || standing.Held[target] >= standing.Capacity(target))
        {
            Refuse(standing, note, owner, available);
            return;
        }

        if (owner < 0 && standing.CountAtStart[target] + standing.PinnedPlacements.Count(p => p.To == target) >= standing.Capacity(target))
        {
            // Room has to be made first, and placements come before moves: this plan keeps a place free, the next one fills it.
            standing.KeptFree[target]++;
            Refuse(standing, note, owner, available);
            return;
        }

        HoldAt(standing, note.Stream, target);
        standing.Count[target]++;
        if (owner < 0)
        {
            standing.PinnedPlacements.Add(new Placement(note.Stream, target));
            return;
        }

        standing.Count[owner]--;
        standing.Pins.Add(MoveReasons.Explain(standing.Snapshot, note.Stream, owner, target, MoveReason.Manual));
    }

    private static void Refuse(Standing standing, StreamNote note, int owner, bool available)
    {
        if (owner < 0)
        {
            var reason = available ? UnplacedReason.PinnedWorkerFull : UnplacedReason.PinnedWorkerUnavailable;
            standing.Unplaced.Add(new Unplaced(note.Stream, reason));
            return;
        }

        HoldAt(standing, note.Stream, owner);
        var why = available ? DelayReason.PinnedWorkerFull : DelayReason.PinnedWorkerUnavailable;
        standing.Delays.Add(new Delay(note.Stream, owner, why));
    }

    private static void HoldAt(Standing standing, int stream, int worker)
    {
        standing.HeldStreams.Add(stream);
        standing.Held[worker]++;
        standing.HeldPlaces.Add(new Placement(stream, worker));
    }

    private static void Bound(Standing standing, int worker)
    {
        var snapshot = standing.Snapshot;
        var capacity = standing.Capacity(worker);
        var limit = snapshot.States[worker] switch
        {
            WorkerState.Active => Math.Max(0, capacity - standing.KeptFree[worker]),
            WorkerState.Cordoned => Math.Min(standing.Count[worker], capacity),
            _ => 0,
        };
        standing.Limit[worker] = Math.Max(limit, standing.Held[worker]);
        standing.Floor[worker] = standing.Held[worker];
        standing.Share[worker] = snapshot.States[worker] is WorkerState.Active or WorkerState.Cordoned
            ? snapshot.Capacities[worker] * snapshot.Performances[worker]
            : 0;
    }

    /// <summary>
    /// A stream never loses its owner for want of room: what a full fleet cannot take from a draining or overfilled worker
    /// stays there. Streams without an owner come first.
    /// </summary>
    private static void KeepWhatHasNoRoom(Standing standing)
    {
        long room = 0;
        long excess = 0;
        for (var w = 0; w < standing.Limit.Length; w++)
        {
            room += Math.Max(0, standing.Limit[w] - standing.Count[w]);
            excess += Math.Max(0, standing.Count[w] - standing.Limit[w]);
        }

        var stays = excess - Math.Max(0, room - standing.Orphans);
        for (var w = 0; w < standing.Limit.Length && stays > 0; w++)
        {
            var kept = (int)Math.Min(stays, Math.Max(0, standing.Count[w] - standing.Limit[w]));
            standing.Limit[w] += kept;
            stays -= kept;
            if (standing.Share[w] <= 0)
                standing.Floor[w] = standing.Limit[w];
        }
    }
}
