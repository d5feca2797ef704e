using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Http;

/// <summary>
/// Makes each connection. It looks the name up itself and connects to the addresses that it has looked at, so that a name that
/// answers differently the second time leads nowhere else; redirects and playlists come through here like everything.
/// </summary>
internal sealed class AddressGuard(IOptions<RadioOptions> options)
{
    private const int AddressesMost = 4;
    private const int ReceiveBytes = 64 * 1024;

    internal async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancel)
    {
        var addresses = await LookUpAsync(to.Host, cancel);
        Exception? last = null;
        foreach (var address in addresses.Take(AddressesMost))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = ReceiveBytes };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, to.Port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }
        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private async Task<IReadOnlyList<IPAddress>> LookUpAsync(string host, CancellationToken cancel)
    {
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        if (options.Value.AllowPrivateAddresses)
            return found;
        IPAddress[] open = [.. found.Where(PublicAddress.Is)];
        return open.Length > 0 || found.Length == 0
            ? open
            : throw new TuningException(TuningFault.PrivateAddress, $"{host} is at {found[0]}, which is no public address; {RadioOptions.Section}:AllowPrivateAddresses lets it");
    }
}
