using Weir.Contracts;
using Weir.Contracts.Registration;

namespace Weir.Worker.Agent;

/// <summary>A list of what a worker holds, as messages carry it: one part at least, since an empty list says something too.</summary>
internal static class HoldingParts
{
    internal static IReadOnlyList<Holding[]> Of(IReadOnlyList<Holding> holdings) =>
        holdings.Count == 0 ? [[]] : [.. holdings.Chunk(MessageLimits.StreamsMax)];
}
