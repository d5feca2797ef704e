using Weir.Bus.Endpoints;

namespace Weir.Registry.Lifecycle;

internal sealed class ForgetWorkerDefinition() : WeirConsumerDefinition<ForgetWorkerConsumer>(Endpoints.Requests);
