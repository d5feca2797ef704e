using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Http;

/// <summary>
/// Makes each connection. It looks the name up itself and connects to the addresses that it has looked at, so that a name that
/// answers differently the second time leads nowhere else; redirects and playlists come through here like everything.
/// </summary>
/// <param name="options">Whether private addresses are let.</param>
/// <param name="resolve">Gives the addresses of a name: the system's resolver.</param>
[SuppressMessage("Design", "CA1001", Justification = "A look-up may end after all else; a semaphore whose handle nobody took holds nothing to give back")]
internal sealed class AddressGuard(IOptions<RadioOptions> options, Func<string, Task<IPAddress[]>> resolve)
{
    private const int AddressesMost = 4;
    private const int ReceiveBytes = 64 * 1024;

    // A look-up holds a thread of the pool until the system's resolver gives up, also when nobody waits for it any more.
    private const int LookUpsMost = 32;

    private readonly SemaphoreSlim _lookUps = new(LookUpsMost);

    internal async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancel)
    {
        var addresses = await LookUpAsync(to.Host, cancel);
        Exception? last = null;
        foreach (var address in addresses)
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

    /// <summary>The addresses of a name that may be connected to, 4 at most.</summary>
    /// <exception cref="TuningException">All of them are private.</exception>
    internal async Task<IReadOnlyList<IPAddress>> LookUpAsync(string host, CancellationToken cancel)
    {
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await ResolveAsync(host, cancel);
        if (options.Value.AllowPrivateAddresses)
            return [.. found.Take(AddressesMost)];
        IPAddress[] open = [.. found.Where(PublicAddress.Is).Take(AddressesMost)];
        return open.Length > 0 || found.Length == 0
            ? open
            : throw new TuningException(TuningFault.PrivateAddress, $"{host} is at {found[0]}, which is no public address; {RadioOptions.Section}:AllowPrivateAddresses lets it");
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        await _lookUps.WaitAsync(cancel);
        return await AskResolverAsync(host).WaitAsync(cancel);
    }

    private async Task<IPAddress[]> AskResolverAsync(string host)
    {
        try
        {
            return await resolve(host);
        }
        finally
        {
            _lookUps.Release();
        }
    }
}
