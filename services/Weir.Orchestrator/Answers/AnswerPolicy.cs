using Weir.Bus.Endpoints;

namespace Weir.Orchestrator.Answers;

/// <summary>The queue of all that workers say about streams.</summary>
internal static class AnswerPolicy
{
    internal static EndpointPolicy Endpoint { get; } = EndpointPolicy.Of("orchestrator", "answers", RetryLadder.Standard);
}
