using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Assignments;
using Weir.Orchestrator.Planning;
using Weir.Orchestrator.Writing;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Upkeep;

/// <summary>Brings the assignment table after the catalogue: a row for each new stream, holds put and lifted, what streams are granted with.</summary>
internal sealed class Cataloguing(DatabaseResilience database)
{
    /// <returns>How many rows changed.</returns>
    internal async Task<int> RunAsync(PoolState state, CancellationToken cancel)
    {
        StreamEntry[] differing = [.. state.Streams.Where(Differs)];
        var changed = 0;
        foreach (var slice in differing.Chunk(AssignmentStore.SliceMax)) changed += await FollowAsync(state, slice, cancel);
        StreamEntry[] missing = [.. state.Streams.Where(stream => !stream.HasRow && stream.Declared is { WithdrawnAt: null })];
        foreach (var slice in missing.Chunk(AssignmentStore.SliceMax)) changed += await AddAsync(state, slice, cancel);
        return changed;
    }

    private Task<int> AddAsync(PoolState state, StreamEntry[] streams, CancellationToken cancel) => database.RunAsync(
        "assignments.add",
        async (unit, token) =>
        {
            AssignmentRow[] rows = [.. streams.Select(New)];
            var added = (await unit.Services.GetRequiredService<AssignmentStore>().AddAsync(state.Pool, rows, token)).ToHashSet();
            await unit.Services.GetRequiredService<OwnershipFacts>().TellNewAsync(
                state.Pool, state.Version, [.. rows.Where(row => added.Contains(row.Stream))], token);
            return added.Count;
        },
        cancel);

    private async Task<int> FollowAsync(PoolState state, StreamEntry[] streams, CancellationToken cancel)
    {
        var (changed, found) = await database.RunAsync(
            "assignments.follow",
            async (unit, token) =>
            {
                var declared = streams.ToDictionary(stream => stream.Id);
                var now = await unit.Services.GetRequiredService<DatabaseClock>().NowAsync(token);
                var changes = unit.Services.GetRequiredService<RowChanges>();
                var rows = await unit.Services.GetRequiredService<AssignmentLocks>().TakeAsync([.. declared.Keys], token);
                foreach (var stored in rows)
                    changes.Add(stored, Followed(stored.ToRow(), declared[stored.Stream], now, out var command), command);
                return ((await changes.SaveAsync(version: null, token)).Count, rows.Select(row => row.Stream).ToHashSet());
            },
            cancel);
        foreach (var stream in streams)
            if (!found.Contains(stream.Id)) state.MissRow(stream.Id);
        return changed;
    }

    private static AssignmentRow New(StreamEntry stream) => new(stream.Id)
    {
        Class = stream.Declared!.Class,
        LocalModeFor = stream.Declared.LocalModeFor,
        Hold = Wanted(stream),
        Reason = UnownedReason.Declared,
    };

    private static bool Differs(StreamEntry stream) =>
        stream is { HasRow: true, Declared: not null } && (IsHeldOtherwise(stream.Row, stream) || IsGrantedOtherwise(stream.Row, stream));

    private static AssignmentRow Followed(AssignmentRow row, StreamEntry stream, TimeSpan now, out StreamCommand command)
    {
        command = default;
        if (IsGrantedOtherwise(row, stream)) row = row with { Class = stream.Declared!.Class, LocalModeFor = stream.Declared.LocalModeFor };
        if (!IsHeldOtherwise(row, stream)) return row;
        if (Wanted(stream) == StreamHold.None) return Holds.Lift(row);
        command = Holds.Put(row, Wanted(stream), now, out var held);
        return held;
    }

    private static StreamHold Wanted(StreamEntry stream) => stream.Declared!.WithdrawnAt is not null ? StreamHold.Withdrawn : stream.Declared.Hold;

    // A quarantine is this table's own, and the catalogue's silence does not end it: a person's ResumeStreams does, or a pause that follows it.
    private static bool IsHeldOtherwise(in AssignmentRow row, StreamEntry stream) =>
        row.Hold != Wanted(stream) && !(row.Hold == StreamHold.Quarantined && Wanted(stream) == StreamHold.None);

    // Its owner was promised what the row says; a new promise is made with the next grant.
    private static bool IsGrantedOtherwise(in AssignmentRow row, StreamEntry stream) =>
        row.State == AssignmentState.Unowned && (row.Class != stream.Declared!.Class || row.LocalModeFor != stream.Declared.LocalModeFor);
}
