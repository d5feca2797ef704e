using Weir.Bus.Endpoints;
using Weir.Core.Leases;

namespace Weir.Registry.Beats;

/// <summary>
/// The queue is one for all pools, and its time-to-live is part of its declaration: a lease of profile Fast. In a pool of longer leases a
/// beat that waited longer than that is lost, and the next one says the same.
/// </summary>
internal sealed class WorkerBeatDefinition() : WeirConsumerDefinition<WorkerBeatConsumer>(WeirEndpoints.Beats(LeaseTimes.Fast.Ttl));
