using Weir.Bus.Endpoints;

namespace Weir.Registry.Lifecycle;

internal sealed class CordonWorkerDefinition() : WeirConsumerDefinition<CordonWorkerConsumer>(Endpoints.Requests);
