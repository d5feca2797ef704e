using Weir.Bus.Endpoints;

namespace Weir.Registry.Registration;

internal sealed class RegisterWorkerDefinition() : WeirConsumerDefinition<RegisterWorkerConsumer>(WeirEndpoints.Register);
