using System.Text.Json;
using MassTransit;
using Weir.Contracts;

namespace Weir.Bus.Parking;

/// <summary>Refuses what is no message before anything tries to read it: empty, too large, too deep, no JSON.</summary>
internal sealed class MessageLimitsFilter : IFilter<ReceiveContext>
{
    private static readonly JsonReaderOptions Depth = new() { MaxDepth = MessageLimits.DepthMax + 1 };

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        Check(context.Body.GetBytes());
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("messageLimits");

    internal static void Check(ReadOnlySpan<byte> body)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
            throw new MessageRefusedException(ParkReason.Empty, "The message has no body");
        if (body.Length > MessageLimits.ReceivedBytesMax)
            throw new MessageRefusedException(ParkReason.TooLarge, $"The message has {body.Length} bytes; {MessageLimits.ReceivedBytesMax} at most");

        var reader = new Utf8JsonReader(body, Depth);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MessageLimits.DepthMax && reader.TokenType is (JsonTokenType.StartObject or JsonTokenType.StartArray))
                    throw new MessageRefusedException(ParkReason.TooDeep, $"The message nests deeper than {MessageLimits.DepthMax}");
            }
        }
        catch (JsonException e)
        {
            throw new MessageRefusedException(ParkReason.Malformed, $"The message is no JSON: {e.Message}");
        }
    }
}
