using Weir.Bus.Endpoints;

namespace Weir.Registry.Lifecycle;

internal sealed class UncordonWorkerDefinition() : WeirConsumerDefinition<UncordonWorkerConsumer>(Endpoints.Requests);
