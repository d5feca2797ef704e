using System.Text.Json;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Events;

/// <summary>One event as it goes over the wire: made once, when the first listener takes it, and sent to all as it is.</summary>
internal sealed class EventLine(string life, long number, string name, Func<object> body)
{
    private readonly Lazy<byte[]> _bytes = new(() => Write(life, number, name, body()));

    internal long Number => number;

    internal ReadOnlyMemory<byte> Bytes => _bytes.Value;

    private static byte[] Write(string life, long number, string name, object body) =>
        System.Text.Encoding.UTF8.GetBytes($"id: {life}.{number}\nevent: {name}\ndata: {JsonSerializer.Serialize(body, ApiJson.Options)}\n\n");
}
