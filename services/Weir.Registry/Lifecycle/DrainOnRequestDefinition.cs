using Weir.Bus.Endpoints;

namespace Weir.Registry.Lifecycle;

internal sealed class DrainOnRequestDefinition() : WeirConsumerDefinition<DrainOnRequestConsumer>(Endpoints.Requests);
