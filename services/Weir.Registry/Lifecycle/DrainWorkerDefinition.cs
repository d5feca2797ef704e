using Weir.Bus.Endpoints;

namespace Weir.Registry.Lifecycle;

internal sealed class DrainWorkerDefinition() : WeirConsumerDefinition<DrainWorkerConsumer>(Endpoints.Lifecycle);
