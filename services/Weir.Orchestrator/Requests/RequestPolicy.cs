using Weir.Bus.Endpoints;

namespace Weir.Orchestrator.Requests;

/// <summary>The queue of what people and services ask for.</summary>
internal static class RequestPolicy
{
    internal static EndpointPolicy Endpoint { get; } = EndpointPolicy.Of("orchestrator", "requests", RetryLadder.Standard);
}
