using Weir.Bus.Endpoints;

namespace Weir.Bus.Tests.Bench;

/// <summary>Which policy the test gives the consumer of <typeparamref name="T"/>.</summary>
internal sealed record HearingPolicy<T>(EndpointPolicy Value)
    where T : class;
