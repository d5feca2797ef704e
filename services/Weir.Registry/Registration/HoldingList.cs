using System.Text.Json;
using Weir.Contracts.Registration;
using Weir.Core.Identity;

namespace Weir.Registry.Registration;

/// <summary>Holdings between the wire, a kept part and the core.</summary>
internal static class HoldingList
{
    internal static string ToBody(IReadOnlyList<Holding>? holdings) => JsonSerializer.Serialize(holdings ?? []);

    internal static IReadOnlyList<Core.Consistency.Holding> FromBodies(IReadOnlyList<string> bodies) =>
        [.. bodies.SelectMany(body => JsonSerializer.Deserialize<Holding[]>(body) ?? [])
            .Select(held => new Core.Consistency.Holding(StreamId.Parse(held.StreamId), new Epoch(held.Epoch), held.Stopping))];
}
