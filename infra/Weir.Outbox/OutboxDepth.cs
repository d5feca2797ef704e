namespace Weir.Outbox;

/// <summary>What is in one lane at one moment.</summary>
/// <param name="Waiting">Messages that are due and not yet confirmed by the broker.</param>
/// <param name="Delayed">Messages whose time has not come.</param>
/// <param name="SetAside">Messages that cannot be delivered, by a fault of their own.</param>
/// <param name="OldestAge">Since the waiting message with the lowest number was published; zero where none waits.</param>
public sealed record OutboxDepth(long Waiting, long Delayed, long SetAside, TimeSpan OldestAge)
{
    /// <summary>Nothing waits; delayed messages and such set aside do not count.</summary>
    public bool IsEmpty => Waiting == 0;
}
