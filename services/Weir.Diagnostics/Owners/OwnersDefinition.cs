using Weir.Bus.Endpoints;

namespace Weir.Diagnostics.Owners;

internal sealed class OwnersDefinition() : WeirConsumerDefinition<OwnersConsumer>(BusEndpoints.Owners);
