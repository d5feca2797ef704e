using System.Data;
using MassTransit;
using Weir.Outbox.Dialects;
using Weir.Outbox.Lanes;

namespace Weir.Outbox;

/// <summary>Options of one outbox. Checked when the callback that got this returns.</summary>
public sealed class EntityFrameworkOutboxConfigurator : ITransactionalOutboxConfigurator
{
    private readonly BusOutboxConfigurator _busOutbox = new();
    private OutboxDialect? _dialect;

    /// <summary>Whose rows these are. Replicas of one service share a lane; services that share a database each have their own.</summary>
    /// <value><c>default</c>. 1 to 100 characters. Never change it while rows wait: nobody would deliver them.</value>
    public string Lane { get; set; } = "default";

    /// <summary>How often delivery looks without being woken. Only a safety net: a commit of the same process wakes it at once.</summary>
    /// <value>1 s. Allowed: 50 ms to 1 min.</value>
    public TimeSpan QueryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Most rows one delivery transaction reads.</summary>
    /// <value>1,000. Allowed: 1 to 5,000.</value>
    public int QueryMessageLimit { get; set; } = 1_000;

    /// <summary>Longest wait for one statement of the outbox's own.</summary>
    /// <value>30 s. Allowed: 1 s to 5 min.</value>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the inbox remembers a message, so that a second delivery of it takes no effect.</summary>
    /// <value>30 min. Allowed: 1 min to 30 days.</value>
    public TimeSpan DuplicateDetectionWindow { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Of a consumer's transaction. The inbox needs no more than the default; a higher one makes conflicts that must be retried.</summary>
    /// <value><see cref="IsolationLevel.ReadCommitted"/>.</value>
    public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.ReadCommitted;

    /// <summary>Largest body that is delivered; a larger one is set aside. Keep it at the broker's own limit or below.</summary>
    /// <value>16 MiB, in bytes, as RabbitMQ 4 has it. Allowed: 1 KiB to 512 MiB.</value>
    public int MessageBytesMax { get; set; } = 16 * 1024 * 1024;

    internal bool HasInboxCleanup { get; private set; } = true;

    internal bool HasBusOutbox { get; private set; }

    internal bool HasDelivery => _busOutbox.HasDelivery;

    /// <summary>The DbContext uses Npgsql.</summary>
    public EntityFrameworkOutboxConfigurator UsePostgres()
    {
        _dialect = new PostgresDialect();
        return this;
    }

    /// <summary>The DbContext uses SQLite. One process may deliver.</summary>
    public EntityFrameworkOutboxConfigurator UseSqlite()
    {
        _dialect = new SqliteDialect();
        return this;
    }

    /// <summary>This process does not delete old inbox rows; another must.</summary>
    public void DisableInboxCleanupService() => HasInboxCleanup = false;

    /// <summary>What a scope publishes or sends outside consumers becomes a row of its DbContext, and goes out when that is saved and committed.</summary>
    public void UseBusOutbox(Action<BusOutboxConfigurator>? configure = null)
    {
        HasBusOutbox = true;
        configure?.Invoke(_busOutbox);
    }

    internal OutboxSettings Build()
    {
        Check(Lane.Length is >= 1 and <= 100, nameof(Lane), "1 to 100 characters", Lane);
        Range(QueryDelay, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1), nameof(QueryDelay));
        Range(QueryMessageLimit, 1, 5_000, nameof(QueryMessageLimit));
        Range(QueryTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(QueryTimeout));
        Range(DuplicateDetectionWindow, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), nameof(DuplicateDetectionWindow));
        Range(MessageBytesMax, 1024, 512 * 1024 * 1024, nameof(MessageBytesMax));
        Range(_busOutbox.MessageDeliveryLimit, 1, 1_000, nameof(BusOutboxConfigurator.MessageDeliveryLimit));
        Range(
            _busOutbox.MessageDeliveryTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1.25), nameof(BusOutboxConfigurator.MessageDeliveryTimeout));
        return new OutboxSettings(
            Lane,
            _dialect ?? throw new ConfigurationException("The outbox must know its database: call UsePostgres() or UseSqlite()."),
            QueryDelay, QueryMessageLimit, QueryTimeout, DuplicateDetectionWindow, IsolationLevel,
            _busOutbox.MessageDeliveryLimit, _busOutbox.MessageDeliveryTimeout, MessageBytesMax);
    }

    private static void Range<T>(T value, T from, T to, string option)
        where T : IComparable<T> => Check(value.CompareTo(from) >= 0 && value.CompareTo(to) <= 0, option, $"{from} to {to}", value);

    private static void Check(bool isAllowed, string option, string allowed, object value)
    {
        if (!isAllowed) throw new ConfigurationException($"Outbox option {option} is '{value}'; allowed is {allowed}.");
    }
}
