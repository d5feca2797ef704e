using Weir.Core.Identity;
using Weir.Core.Invariants;

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

    // Nobody draws while this runs: the database's identity differs from the era's, and every draw compares them.
    private static readonly SqlPair Begin = new(
        "SELECT setval('epochs', greatest(@began, last_value)) FROM epochs",
        "UPDATE counters SET value = max(value, @began) WHERE name = 'epochs' RETURNING value");

    private static readonly SqlPair Highest = new(
        "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM epochs", "SELECT value FROM counters WHERE name = 'epochs'");

    /// <summary>The highest value drawn so far, by transactions that may yet roll back too; or where a life of the database began.</summary>
    public async Task<Epoch> HighestAsync(CancellationToken cancel) => new((await Highest.ReadAsync(db, row => row.GetInt64(0), cancel))[0]);

    /// <summary>A life of the database begins: whatever is drawn from now on is above <paramref name="began"/>.</summary>
    /// <param name="began">The epoch that names the life.</param>
    /// <param name="cancel">Gives up.</param>
    internal Task BeginAsync(Epoch began, CancellationToken cancel) => Begin.ReadAsync(db, row => row.GetInt64(0), cancel, ("began", began.Value));

    /// <summary>
    /// Lets the counter go on above an epoch that a worker named and this database never drew. It never goes back: of two that raise
    /// it at once, the statement of each takes the greater.
    /// </summary>
    /// <param name="reported">The highest epoch that any worker named.</param>
    /// <param name="cancel">Gives up.</param>
    public Task RaiseAsync(Epoch reported, CancellationToken cancel) => BeginAsync(reported, cancel);

    /// <summary>Draws so many epochs, ascending, inside the transaction that compared the era.</summary>
    /// <param name="count">1 to <see cref="DrawMax"/>.</param>
    /// <param name="cancel">Gives up; what was drawn is a gap.</param>
    /// <exception cref="Core.Invariants.InvariantViolatedException">The counter has run out (S2).</exception>
    public async Task<IReadOnlyList<Epoch>> DrawAsync(int count, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, DrawMax);
        var values = await Draw.ReadAsync(db, row => row.GetInt64(0), cancel, ("count", count));
        return values.Count == count ? [.. values.Select(At)] : [.. Enumerable.Range(0, count).Select(i => At(values[0] - count + 1 + i))];
    }

    private static Epoch At(long value)
    {
        Invariant.Holds(value is > 0 and <= Epoch.Max, "S2", $"counter {value} is outside 1 to {Epoch.Max}");
        return new Epoch(value);
    }
}
