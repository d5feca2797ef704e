namespace Weir.Outbox;

/// <summary>How two events for one saga at the same time are kept apart.</summary>
public enum ConcurrencyMode
{
    /// <summary>Both run; who commits second finds the version changed and is retried. Best where one instance seldom has two at once.</summary>
    Optimistic,

    /// <summary>The second waits for the first (PostgreSQL: FOR UPDATE). Best for an instance that many events hit at once.</summary>
    Pessimistic,
}
