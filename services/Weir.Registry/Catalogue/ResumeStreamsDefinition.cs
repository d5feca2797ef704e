using Weir.Bus.Endpoints;

namespace Weir.Registry.Catalogue;

internal sealed class ResumeStreamsDefinition() : WeirConsumerDefinition<ResumeStreamsConsumer>(Endpoints.Requests);
