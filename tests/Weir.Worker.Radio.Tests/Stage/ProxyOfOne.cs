using System.Net;

namespace Weir.Worker.Radio.Tests.Stage;

/// <summary>A proxy for one server: the setting is the whole process's, and other tests ask other servers meanwhile.</summary>
internal sealed class ProxyOfOne(Uri server, Uri proxy) : IWebProxy
{
    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy;

    public bool IsBypassed(Uri host) => host.Authority != server.Authority;
}
