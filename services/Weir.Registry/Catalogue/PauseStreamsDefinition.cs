using Weir.Bus.Endpoints;

namespace Weir.Registry.Catalogue;

internal sealed class PauseStreamsDefinition() : WeirConsumerDefinition<PauseStreamsConsumer>(Endpoints.Requests);
