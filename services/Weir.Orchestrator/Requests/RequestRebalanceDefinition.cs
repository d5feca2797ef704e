using Weir.Bus.Endpoints;

namespace Weir.Orchestrator.Requests;

internal sealed class RequestRebalanceDefinition() : WeirConsumerDefinition<RequestRebalanceConsumer>(EndpointPolicy.Of("orchestrator", "requests", RetryLadder.Standard));
