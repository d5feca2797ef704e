using Weir.Bus.Endpoints;

namespace Weir.Registry.Catalogue;

internal sealed class DeclareStreamsDefinition() : WeirConsumerDefinition<DeclareStreamsConsumer>(WeirEndpoints.Streams);
