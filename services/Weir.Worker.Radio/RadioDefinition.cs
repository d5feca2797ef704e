using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Worker.Radio;

/// <summary>What a stream of kind <c>radio</c> is declared with: <c>{"url":"http://…"}</c>.</summary>
/// <param name="Url">The station's address, http or https: its sound, or an M3U or PLS playlist that leads to it.</param>
public sealed record RadioDefinition(string Url)
{
    // Never part of a page; an ampersand need not take six characters of the few that a definition may have.
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As a stream's definition.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Plain);

    // What no later try can mend ends the handler: a stream that fails everywhere is quarantined, where people see it.
    internal static Uri AddressOf(StreamInfo stream)
    {
        RadioDefinition definition;
        try
        {
            definition = stream.Read<RadioDefinition>();
        }
        catch (JsonException e)
        {
            throw new FormatException($$"""Stream {{stream.Id}} of kind radio needs a definition such as {"url":"http://radio.example/live"}: {{e.Message}}""", e);
        }
        return Stations.StationAddress.TryRead(definition.Url, out var address, out var fault) ? address : throw new FormatException($"Stream {stream.Id}: {fault}");
    }
}
