using System.Net;

namespace Weir.Diagnostics.Access;

/// <summary>The program was told to listen where others could reach it.</summary>
public sealed class AddressNotLocalException : InvalidOperationException
{
    internal AddressNotLocalException(EndPoint address)
        : base($"The API was told to listen on {address}. It listens on this machine's loopback address alone until there are keys for each person: use http://127.0.0.1:8088, and a tunnel such as ssh -L from elsewhere")
    {
    }
}
