using Weir.Bus.Endpoints;

namespace Weir.Registry.Catalogue;

internal sealed class WithdrawStreamsDefinition() : WeirConsumerDefinition<WithdrawStreamsConsumer>(Endpoints.Requests);
