using Weir.Bus.Endpoints;

namespace Weir.Bus.Tests.Bench;

internal sealed class HearingDefinition<T>(HearingPolicy<T> policy) : WeirConsumerDefinition<HearingConsumer<T>>(policy.Value)
    where T : class;
