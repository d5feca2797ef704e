using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>
/// Draws epochs and incarnations from the database's one counter. Each value is given once, whoever asks; a transaction that rolls
/// back leaves a gap. Draw inside the transaction that compared the era.
/// </summary>
public sealed class EpochCounter(WeirDbContext db)
{
    /// <summary>The most one draw may take.</summary>
    public const int DrawMax = 100_000;

    private static readonly SqlPair Draw = new(
        "SELECT nextval('epochs') FROM generate_series(1, @count)",
        // A range at once; its last value is what the row says.
        "UPDATE counters SET value = value + @count WHERE name = 'epochs' RETURNING value");

    /// <summary>Draws so many epochs of an era, ascending.</summary>
    /// <param name="era">The era, read and compared in this transaction.</param>
    /// <param name="count">1 to <see cref="DrawMax"/>.</param>
    /// <param name="cancel">Gives up; what was drawn is a gap.</param>
    /// <exception cref="Core.Invariants.InvariantViolatedException">The counter has run out (S2).</exception>
    public async Task<IReadOnlyList<Epoch>> DrawAsync(Era era, int count, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, DrawMax);
        var values = await Draw.ReadAsync(db, row => row.GetInt64(0), cancel, ("count", count));
        return values.Count == count ? [.. values.Select(era.At)] : [.. Enumerable.Range(0, count).Select(i => era.At(values[0] - count + 1 + i))];
    }
}
