using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Weir.Worker.Radio.Http;

/// <summary>
/// The one HTTP client of all stations of the host. It follows no redirects, unpacks nothing, keeps no cookies and no connections, and
/// reads at most 16 KB of headers: what an answer leads to is decided by whoever asked.
/// </summary>
internal sealed class StationHttp : IDisposable
{
    private const int HeadersMaxKilobytes = 16;

    private static readonly ProductInfoHeaderValue Agent = new("weir-radio", typeof(StationHttp).Assembly.GetName().Version!.ToString(3));

    private readonly HttpMessageInvoker _client;

    public StationHttp(IOptions<RadioOptions> options, AddressGuard guard) => _client = new HttpMessageInvoker(new SocketsHttpHandler
    {
        ConnectCallback = (context, cancel) => guard.ConnectAsync(context.DnsEndPoint, cancel),
        PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new IcyStatusStream(context.PlaintextStream)),
        ConnectTimeout = options.Value.ConnectFor,
        MaxConnectionsPerServer = options.Value.ConnectionsPerServer,
        MaxResponseHeadersLength = HeadersMaxKilobytes,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false, // A proxy would connect in our place, past the guard.
        ActivityHeadersPropagator = null,
    });

    /// <summary>Asks for an address, and for titles between the sound; returns when the headers are there.</summary>
    /// <exception cref="HttpRequestException">No answer came, or none that is one.</exception>
    internal Task<HttpResponseMessage> AskAsync(Uri address, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Accept.ParseAdd("*/*");
        request.Headers.Add("Icy-MetaData", "1");
        request.Headers.ConnectionClose = true;
        return _client.SendAsync(request, cancel);
    }

    public void Dispose() => _client.Dispose();
}
