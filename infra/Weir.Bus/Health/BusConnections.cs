using System.Collections.Concurrent;

namespace Weir.Bus.Health;

/// <summary>How to ask for the broker of each bus of this process.</summary>
internal sealed class BusConnections
{
    private readonly ConcurrentDictionary<string, BrokerLink> _links = new(StringComparer.Ordinal);

    internal void Add(string bus, BrokerLink link) => _links[bus] = link;

    internal BrokerLink? Of(string bus) => _links.GetValueOrDefault(bus);
}
