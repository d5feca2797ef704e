using Weir.Contracts;
using Weir.Contracts.Ownership;

namespace Weir.Worker.Links;

/// <summary>Puts answers about single streams together, so that a worker that starts a thousand says so in five messages.</summary>
internal static class AnswerBatches
{
    /// <summary>The same, neighbours of one kind and life put together, at most 200 streams each. The order stays.</summary>
    internal static IReadOnlyList<object> Merge(IReadOnlyList<object> messages)
    {
        var merged = new List<object>();
        foreach (var message in messages)
        {
            if (merged.Count > 0 && Join(merged[^1], message) is { } joined)
                merged[^1] = joined;
            else
                merged.Add(message);
        }
        return merged;
    }

    private static object? Join(object first, object second) => (first, second) switch
    {
        (StreamsStarted a, StreamsStarted b) when a.Incarnation == b.Incarnation && a.Streams.Count + b.Streams.Count <= MessageLimits.StreamsMax =>
            a with { Streams = Both(a.Streams, b.Streams) },
        (StreamsReleased a, StreamsReleased b) when a.Incarnation == b.Incarnation && a.Streams.Count + b.Streams.Count <= MessageLimits.StreamsMax =>
            a with { Streams = Both(a.Streams, b.Streams) },
        _ => null,
    };

    // The list of a joined message is this class's own and grows in place: no copy for each of a thousand.
    private static List<StreamEpoch> Both(IReadOnlyList<StreamEpoch> first, IReadOnlyList<StreamEpoch> second)
    {
        var both = first as List<StreamEpoch> ?? [.. first];
        both.AddRange(second);
        return both;
    }
}
