using MassTransit;

namespace Weir.Outbox.Writing;

/// <summary>Asks at every call who sends.</summary>
internal sealed class CurrentSendEndpointProvider(Func<ISendEndpointProvider> current) : ISendEndpointProvider
{
    public ConnectHandle ConnectSendObserver(ISendObserver observer) => current().ConnectSendObserver(observer);

    public Task<ISendEndpoint> GetSendEndpoint(Uri address) => current().GetSendEndpoint(address);
}
