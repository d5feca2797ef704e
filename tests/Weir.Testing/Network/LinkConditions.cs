namespace Weir.Testing.Network;

/// <summary>What the network does at the moment. <see cref="Changed"/> completes when other conditions replace these.</summary>
internal sealed class LinkConditions
{
    private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Direction Hung { get; init; }

    public Latency Latency { get; init; } = Latency.None;

    /// <summary>Bytes a second and direction; null is without limit.</summary>
    public int? BytesPerSecond { get; init; }

    public Task Changed => _changed.Task;

    public void Replaced() => _changed.TrySetResult();

    public LinkConditions With(Direction? hung = null, Latency? latency = null, int? bytesPerSecond = null) => new()
    {
        Hung = hung ?? Hung,
        Latency = latency ?? Latency,
        BytesPerSecond = bytesPerSecond ?? BytesPerSecond,
    };

    /// <summary>When a chunk may go on, by a clock that counts from the link's opening; never before the one ahead of it.</summary>
    public TimeSpan Due(TimeSpan now, TimeSpan dueOfLast, int bytes, Random random)
    {
        var onTheWire = BytesPerSecond is { } limit ? TimeSpan.FromSeconds((double)bytes / limit) : TimeSpan.Zero;
        var arrives = now + Latency.Draw(random);
        return (arrives > dueOfLast ? arrives : dueOfLast) + onTheWire;
    }
}
