using System.Globalization;
using System.Text.Json;
using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>Writes table <c>assignments</c>; Orchestrator's alone. Rows are taken only as they were seen.</summary>
public sealed class AssignmentStore(WeirDbContext db)
{
    /// <summary>The most rows one slice may hold: each slice is a unit of work of its own, and each prefix of them is safe.</summary>
    public const int SliceMax = 5_000;

    /// <summary>
    /// Adds rows for streams that have none; a stream that has one keeps it, with its epoch. A row that another pool is done with is taken over.
    /// </summary>
    /// <returns>The streams that were added or taken over.</returns>
    public async Task<IReadOnlyList<StreamId>> AddAsync(string pool, IReadOnlyCollection<AssignmentRow> rows, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return await AssignmentSql.Add.ReadAsync(
            db, row => StreamId.Parse(row.GetString(0)), cancel, ("pool", pool), ("rows", Json(rows.Select(row => new AssignmentWrite(row, row.Epoch, row.State)))));
    }

    /// <summary>
    /// Writes each row that is still as it was seen. The statement locks rows in whatever order it comes upon them: whoever writes more than
    /// one takes them by <see cref="AssignmentLocks"/> first, as every decision does.
    /// </summary>
    /// <returns>The streams that were written. The others lost to somebody else: drop them and plan again.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="SliceMax"/> rows.</exception>
    public async Task<IReadOnlyList<StreamId>> WriteAsync(IReadOnlyCollection<AssignmentWrite> writes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count > SliceMax) throw new ArgumentOutOfRangeException(nameof(writes), writes.Count, $"A slice holds at most {SliceMax} rows.");
        return await AssignmentSql.Write.ReadAsync(db, row => StreamId.Parse(row.GetString(0)), cancel, ("rows", Json(writes)));
    }

    /// <summary>Deletes the rows of a pool's streams that nobody has, and that are withdrawn for so long or no longer in the catalogue.</summary>
    /// <param name="pool">Which pool.</param>
    /// <param name="streams">Which streams, at most <see cref="SliceMax"/>; those that do not fit stay.</param>
    /// <param name="withdrawnFor">By the database's clock, above 0.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The streams whose rows are gone.</returns>
    public async Task<IReadOnlyList<StreamId>> ForgetAsync(string pool, IReadOnlyCollection<StreamId> streams, TimeSpan withdrawnFor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(streams);
        if (streams.Count > SliceMax) throw new ArgumentOutOfRangeException(nameof(streams), streams.Count, $"A slice holds at most {SliceMax} rows.");
        return await AssignmentSql.Forget.ReadAsync(
            db, row => StreamId.Parse(row.GetString(0)), cancel,
            ("pool", pool), ("ms", (long)withdrawnFor.TotalMilliseconds), ("rows", JsonSerializer.Serialize(streams.Select(stream => stream.Value))));
    }

    private static string Json(IEnumerable<AssignmentWrite> writes) => JsonSerializer.Serialize(writes.Select(write => new
    {
        stream = write.Row.Stream.Value,
        seen_epoch = write.SeenEpoch.Value,
        seen_state = write.SeenState.ToString(),
        epoch = write.Row.Epoch.Value,
        worker = write.Row.Worker.Value is { Length: > 0 } worker ? worker : null,
        incarnation = write.Row.Incarnation.Value,
        state = write.Row.State.ToString(),
        reason = write.Row.Reason.ToString(),
        hold = write.Row.Hold.ToString(),
        @class = write.Row.Class.ToString(),
        local_mode_for_ms = (long)write.Row.LocalModeFor.TotalMilliseconds,
        migrating = write.Row.Migrating,
        deadline = Instant(write.Row.Deadline),
        asked = write.Row.Asked,
        failures = write.Row.Failures,
        failing_since = Instant(write.Row.FailingSince),
    }));

    // The form SQLite keeps instants in; PostgreSQL is told that it is UTC.
    private static string Instant(TimeSpan sinceEpoch) => (DateTime.UnixEpoch + sinceEpoch).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
