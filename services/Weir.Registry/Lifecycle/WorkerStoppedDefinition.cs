using Weir.Bus.Endpoints;

namespace Weir.Registry.Lifecycle;

internal sealed class WorkerStoppedDefinition() : WeirConsumerDefinition<WorkerStoppedConsumer>(Endpoints.Lifecycle);
