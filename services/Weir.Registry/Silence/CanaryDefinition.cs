using Weir.Bus.Endpoints;

namespace Weir.Registry.Silence;

internal sealed class CanaryDefinition(RegistryProcess process) : WeirConsumerDefinition<CanaryConsumer>(Endpoints.Canary(process));
