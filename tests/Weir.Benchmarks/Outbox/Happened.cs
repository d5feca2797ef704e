namespace Weir.Benchmarks.Outbox;

/// <summary>The event: an id, ticks, four numbers and 40 characters of text.</summary>
public sealed record Happened(Guid Id, long SentTicks, int Number, int A, int B, int C, string Text)
{
    public const string Filler = "0123456789012345678901234567890123456789";

    public static Happened Of(int number, long ticks) => new(MassTransit.NewId.NextGuid(), ticks, number, 1, 2, 3, Filler);
}
