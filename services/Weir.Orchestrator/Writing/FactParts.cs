using MassTransit;
using Weir.Contracts;

namespace Weir.Orchestrator.Writing;

/// <summary>A fact of many streams goes out in numbered parts, so that no message is larger than its bound.</summary>
internal static class FactParts
{
    /// <summary>Publishes a fact for every <see cref="MessageLimits.StreamsMax"/> streams; nothing when there are none.</summary>
    /// <param name="publish">Where to, in the transaction that writes what is told.</param>
    /// <param name="streams">What is told of each stream.</param>
    /// <param name="fact">Makes the fact of its part's number (from 1), of how many parts, and of the part's streams.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal static async Task PublishPartsAsync<TStream, TFact>(
        this IPublishEndpoint publish, IReadOnlyCollection<TStream> streams, Func<int, int, TStream[], TFact> fact, CancellationToken cancel)
        where TFact : class
    {
        var parts = (streams.Count + MessageLimits.StreamsMax - 1) / MessageLimits.StreamsMax;
        var part = 0;
        foreach (var chunk in streams.Chunk(MessageLimits.StreamsMax))
            await publish.Publish(fact(++part, parts, chunk), cancel);
    }
}
