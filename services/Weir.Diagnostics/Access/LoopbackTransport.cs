using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weir.Diagnostics.Access;

/// <summary>The web server's sockets, which refuse any address but loopback, however it was configured.</summary>
internal sealed class LoopbackTransport(IOptions<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    // All of them, so that none is left to another transport.
    public bool CanBind(EndPoint endpoint) => true;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is IPEndPoint address && IPAddress.IsLoopback(address.Address)
            ? _sockets.BindAsync(endpoint, cancellationToken)
            : throw new AddressNotLocalException(endpoint);
}
