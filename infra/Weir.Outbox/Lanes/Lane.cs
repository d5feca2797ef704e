using Microsoft.EntityFrameworkCore;
using Weir.Outbox.Dialects;

namespace Weir.Outbox.Lanes;

/// <summary>
/// One service's outbox: what it writes, it delivers, in order. One object a process and DbContext type.
/// </summary>
internal sealed class Lane<TDbContext>(OutboxSettings settings, TimeProvider clock) : IDisposable
    where TDbContext : DbContext
{
    private TableNames? _names;
    private volatile bool _isKnown;

    public OutboxSettings Settings { get; } = settings;

    public TimeProvider Clock { get; } = clock;

    public LaneIds Ids { get; } = LaneIds.Of(settings.Lane);

    public DeliverySignal Signal { get; } = new();

    public OutboxDialect Dialect => Settings.Dialect;

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether the lane's rows are committed, as far as this process knows.</summary>
    public bool IsKnown => _isKnown;

    public void Known() => _isKnown = true;

    /// <exception cref="InvalidOperationException">The context's provider is not the configured one, or its model lacks the tables.</exception>
    public TableNames Names(DbContext db) => _names ??= Look(db);

    public RawSql Sql(DbContext db) => new(db, Settings.QueryTimeout);

    public void Dispose() => Signal.Dispose();

    private TableNames Look(DbContext db) =>
        db.Database.ProviderName?.Contains(Dialect.ProviderMark, StringComparison.OrdinalIgnoreCase) == true
            ? TableNames.Of(db)
            : throw new InvalidOperationException(
                $"The outbox of {typeof(TDbContext).Name} is set up for {Dialect.ProviderMark}, but the DbContext uses {db.Database.ProviderName}: " +
                "call UsePostgres() or UseSqlite() as the DbContext does. EF's in-memory provider knows no SQL and cannot carry an outbox.");
}
