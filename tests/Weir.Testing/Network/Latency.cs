namespace Weir.Testing.Network;

/// <summary>How much later than it came a chunk goes on: a fixed part and a random one, drawn evenly from 0 up to the jitter.</summary>
internal sealed record Latency(TimeSpan By, TimeSpan Jitter)
{
    public static Latency None { get; } = new(TimeSpan.Zero, TimeSpan.Zero);

    public TimeSpan Draw(Random random) => Jitter == TimeSpan.Zero ? By : By + Jitter * random.NextDouble();
}
