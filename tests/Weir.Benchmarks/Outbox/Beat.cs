namespace Weir.Benchmarks.Outbox;

/// <summary>What is last known of a worker.</summary>
internal sealed class Beat
{
    public int Id { get; set; }

    public long Sequence { get; set; }

    public DateTime At { get; set; }
}
