using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;

namespace Weir.Outbox.Delivery;

/// <summary>Sends one row and says how it ended. Throws for no fault of the row or of the broker.</summary>
internal sealed class RowSender(IBus bus, int messageBytesMax, TimeProvider clock)
{
    private const string ActivityHeader = "MT-Activity-Id";
    private static readonly ActivitySource Source = new("Weir.Outbox");

    private readonly KnownAddresses _addresses = new();

    /// <param name="row">What to send.</param>
    /// <param name="limit">Gives up; the row stays and is tried again.</param>
    public async Task<SendResult> SendAsync(OutboxMessage row, CancellationToken limit)
    {
        if (row.ExpirationTime <= clock.GetUtcNow().UtcDateTime) return new SendResult(SendOutcome.Expired);
        if (Refusal(row, out var address) is { } refusal) return new SendResult(SendOutcome.OwnFault, refusal);

        var pipe = new StoredMessagePipe(row, _addresses, clock);
        using var activity = Start(row);
        try
        {
            var endpoint = await EndpointAsync(address);
            await endpoint.Send(new SerializedMessageBody(), pipe, limit);
            return new SendResult(SendOutcome.Confirmed);
        }
        catch (MessageReturnedException e)
        {
            return new SendResult(SendOutcome.Returned, e);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return pipe.Fault is { } fault ? new SendResult(SendOutcome.OwnFault, fault)
                : IsOwnFault(e) ? new SendResult(SendOutcome.OwnFault, e)
                : new SendResult(SendOutcome.TryAgain, e);
        }
    }

    /// <summary>What any broker would refuse, found before one is asked.</summary>
    private MessageException? Refusal(OutboxMessage row, out Uri address)
    {
        address = _addresses.Find(row.DestinationAddress)!;
        if (address is null)
            return new MessageException(typeof(OutboxMessage), $"its destination address '{row.DestinationAddress}' is no absolute URI");

        var bytes = Encoding.UTF8.GetByteCount(row.Body);
        return bytes > messageBytesMax
            ? new MessageException(typeof(OutboxMessage), $"its body has {bytes} bytes; the limit is {messageBytesMax}")
            : null;
    }

    /// <exception cref="UndeliverableAddressException">No transport of this bus takes the address; that needs no broker to tell.</exception>
    private async Task<ISendEndpoint> EndpointAsync(Uri address)
    {
        try
        {
            return await bus.GetSendEndpoint(address);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException or ConfigurationException or EndpointNotFoundException)
        {
            throw new UndeliverableAddressException(address, e);
        }
    }

    // Time-outs and lost connections come as none of these. TransportException itself, not what derives from it, is how
    // the transport says that a routing key is missing.
    private static bool IsOwnFault(Exception e) =>
        e is UndeliverableAddressException or ArgumentException or FormatException or NotSupportedException or JsonException
        || e.GetType() == typeof(TransportException);

    // The trace goes on from where the message was published, not from the loop that happens to carry it.
    private static Activity? Start(OutboxMessage row) => Source.HasListeners()
        ? Source.StartActivity("outbox deliver", ActivityKind.Producer, StoredHeaders.Header(row.Headers, ActivityHeader))
        : null;
}
