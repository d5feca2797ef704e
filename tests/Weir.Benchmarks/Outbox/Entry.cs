namespace Weir.Benchmarks.Outbox;

/// <summary>The row that each message writes.</summary>
internal sealed class Entry
{
    public long Id { get; set; }

    public int Number { get; set; }

    public string Text { get; set; } = "";
}
