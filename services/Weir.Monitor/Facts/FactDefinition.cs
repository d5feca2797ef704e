using Weir.Bus.Endpoints;

namespace Weir.Monitor.Facts;

internal sealed class FactDefinition<T>() : WeirConsumerDefinition<FactConsumer<T>>(FactEndpoint.Policy)
    where T : class;
