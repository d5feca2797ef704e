using Weir.Bus.Endpoints;

namespace Weir.Orchestrator.Requests;

internal sealed class ResumeStreamsDefinition() : WeirConsumerDefinition<ResumeStreamsConsumer>(EndpointPolicy.Of("orchestrator", "requests", RetryLadder.Standard));
