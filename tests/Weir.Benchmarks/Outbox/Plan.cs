namespace Weir.Benchmarks.Outbox;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Of each variant, interleaved; the figure is the median.</param>
/// <param name="Messages">A round of a throughput.</param>
/// <param name="Paced">Seconds a latency is measured for.</param>
/// <param name="Backlog">Rows of a backlog.</param>
/// <param name="OldRows">Rows that lie in the tables and must not matter.</param>
/// <param name="Soak">Messages over which memory must stay flat.</param>
internal sealed record Plan(int Rounds, int Messages, int Paced, int Backlog, int OldRows, int Soak)
{
    public static Plan Full { get; } = new(5, 2_000, 10, 6_000, 1_000_000, 200_000);

    public static Plan Short { get; } = new(3, 800, 4, 3_000, 100_000, 20_000);
}
