using Weir.Contracts.Catalogue;
using Weir.Contracts.Leases;
using Weir.Contracts.Registration;

namespace Weir.Bus.Endpoints;

/// <summary>The endpoints that anyone with an AMQP client may put bare <c>application/json</c> into: one message a queue.</summary>
public static class WeirEndpoints
{
    /// <summary><c>weir.registry.register</c>: <see cref="RegisterWorker"/>.</summary>
    public static EndpointPolicy Register { get; } = EndpointPolicy.Of("registry", "register", RetryLadder.Standard).WithDoor<RegisterWorker>();

    /// <summary><c>weir.registry.streams</c>: <see cref="DeclareStreams"/>.</summary>
    public static EndpointPolicy Streams { get; } = EndpointPolicy.Of("registry", "streams", RetryLadder.Standard).WithDoor<DeclareStreams>();

    /// <summary>
    /// <c>weir.registry.beats</c>: <see cref="WorkerBeat"/>. Tried once, dropped where that fails, and not waiting longer
    /// than a lease lasts: the next beat says the same and more.
    /// </summary>
    /// <param name="leaseTtl">How long a lease lasts, above 0.</param>
    public static EndpointPolicy Beats(TimeSpan leaseTtl) => EndpointPolicy.Of("registry", "beats", RetryLadder.None).WithDoor<WorkerBeat>() with
    {
        Prefetch = 1_000,
        MessageTtl = leaseTtl,
        DropFailed = true,
    };
}
