using System.Text;
using System.Text.Json;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Events;

/// <summary>One event as it goes over the wire, the same bytes for every listener.</summary>
/// <param name="Number">1 upwards within a life of the log.</param>
/// <param name="Bytes">Id, name and data.</param>
internal sealed record EventLine(long Number, ReadOnlyMemory<byte> Bytes)
{
    internal static EventLine Of(string life, long number, string name, byte[] data)
    {
        var head = Encoding.UTF8.GetBytes($"id: {life}.{number}\nevent: {name}\ndata: ");
        return new EventLine(number, (byte[])[.. head, .. data, (byte)'\n', (byte)'\n']);
    }

    internal static byte[] Data<T>(T body) => JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options);
}
