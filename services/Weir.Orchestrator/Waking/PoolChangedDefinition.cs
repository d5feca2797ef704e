using Microsoft.Extensions.Options;
using Weir.Bus.Endpoints;
using Weir.Contracts.Planning;

namespace Weir.Orchestrator.Waking;

// A queue of this replica's own: a wake-up that only one of several hears may be heard by one whose turn it is not.
internal sealed class PoolChangedDefinition(IOptions<OrchestratorOptions> options)
    : WeirConsumerDefinition<PoolChangedConsumer>(EndpointPolicy.OwnOf("orchestrator", "wake", options.Value.Replica).Hearing<PoolChanged>());
