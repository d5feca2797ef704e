using Weir.Core.Identity;
using Weir.Core.Worker;
using Weir.Worker.Telemetry;

namespace Weir.Worker.Agent;

/// <summary>What a worker knows of one stream: its gate and the run there may be.</summary>
internal sealed class StreamSlot(StreamId id)
{
    internal StreamId Id { get; } = id;

    internal StreamGate Gate { get; set; }

    internal StreamRun? Run { get; set; }

    /// <summary>The latest grant's start, until it counts as started; null when nobody listens.</summary>
    internal StartTrace? Trace { get; set; }

    /// <summary>What the latest grant said of the stream.</summary>
    internal StreamInfo? Info { get; set; }

    /// <summary>The lease that the latest grant stands under; the run's own until the gate lets that grant in.</summary>
    internal Cover? GrantedUnder { get; set; }
}
