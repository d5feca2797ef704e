using System.Globalization;
using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Core.Tests.Planning;

/// <summary>A generated fleet, readable when CsCheck prints it.</summary>
public sealed record FleetSpec(WorkerSpec[] Workers, StreamSpec[] Streams)
{
    public static WorkerId WorkerName(int w) => WorkerId.Parse(string.Create(CultureInfo.InvariantCulture, $"w{w:D4}"));

    public static StreamId StreamName(int s) => StreamId.Parse(string.Create(CultureInfo.InvariantCulture, $"s{s:D6}"));

    /// <summary>The fleet, built in this or a shuffled order.</summary>
    public Fleet Build(Random? shuffle = null)
    {
        var builder = new FleetBuilder();
        foreach (var w in Order(Workers.Length, shuffle))
            builder.AddWorker(WorkerName(w), Workers[w].Capacity, Workers[w].State, Workers[w].Performance);
        foreach (var s in Order(Streams.Length, shuffle))
        {
            var stream = Streams[s];
            var plain = double.IsPositiveInfinity(stream.MovedSecondsAgo) && !stream.InFlight && !stream.Quarantined;
            builder.AddStream(
                StreamName(s),
                stream.Owner < 0 ? null : WorkerName(stream.Owner),
                stream.Weight,
                plain ? null : new StreamNote(0) { MovedSecondsAgo = stream.MovedSecondsAgo, InFlight = stream.InFlight, Quarantined = stream.Quarantined },
                stream.PinnedTo < 0 ? null : WorkerName(stream.PinnedTo));
        }

        return builder.Build();
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"workers [{string.Join(", ", Workers.Select(w => $"{w.Capacity} {w.State} {w.Performance}"))}] streams [{string.Join(", ", Streams.Select(Shown))}]");

    private static string Shown(StreamSpec s) =>
        string.Create(CultureInfo.InvariantCulture, $"{s.Weight}@{s.Owner}{(s.PinnedTo >= 0 ? $" pin {s.PinnedTo}" : "")}{(s.InFlight ? " flying" : "")}{(s.Quarantined ? " quarantined" : "")}{(double.IsFinite(s.MovedSecondsAgo) ? $" moved {s.MovedSecondsAgo}s ago" : "")}");

    private static int[] Order(int count, Random? shuffle)
    {
        var order = Enumerable.Range(0, count).ToArray();
        shuffle?.Shuffle(order);
        return order;
    }
}
