using Weir.Bus.Endpoints;

namespace Weir.Registry;

/// <summary>
/// This service's queues. Their consumers run units of work of their own instead of the inbox's (ADR 0015): each says the same when
/// it is told twice, and a worker that asks again in the same words must be answered again.
/// </summary>
internal static class Endpoints
{
    internal const string Service = "registry";

    internal static EndpointPolicy Lifecycle { get; } = EndpointPolicy.Of(Service, "lifecycle", RetryLadder.Standard);

    internal static EndpointPolicy Holdings { get; } = EndpointPolicy.Of(Service, "holdings", RetryLadder.Standard);

    internal static EndpointPolicy Reports { get; } = EndpointPolicy.Of(Service, "reports", RetryLadder.Standard) with { DropFailed = true, Prefetch = 100 };

    internal static EndpointPolicy Requests { get; } = EndpointPolicy.Of(Service, "requests", RetryLadder.Standard);

    internal static EndpointPolicy Canary(RegistryProcess process) => EndpointPolicy.OwnOf(Service, "canary", process.Name);
}
