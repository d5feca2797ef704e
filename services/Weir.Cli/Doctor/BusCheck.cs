using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Weir.Bus.Names;

namespace Weir.Cli.Doctor;

/// <summary>Whether the broker answers, lets us in, lets us do what services do, and tells of queues that are gone.</summary>
internal static class BusCheck
{
    private const string QueueEvents = "amq.rabbitmq.event";
    private const string QueueEventsHost = "/";
    private const int NotFound = 404;
    private const int Refused = 403;

    internal static async Task<IReadOnlyList<Finding>> LookAsync(BusAddress address, CancellationToken cancel)
    {
        try
        {
            await using var connection = await address.Factory(address.VirtualHost).CreateConnectionAsync(cancel);
            return
            [
                Finding.Ok("broker", $"{address.Shown} lets us in: {Version(connection)}"),
                await RightsAsync(connection, address, cancel),
                await EventsAsync(address, cancel),
                .. await QueueCheck.LookAsync(connection, cancel),
            ];
        }
        catch (Exception away) when (away is BrokerUnreachableException or OperationInterruptedException or IOException or TimeoutException)
        {
            return [Unreachable(address, away)];
        }
    }

    /// <summary>What the client throws as one thing is three to the reader.</summary>
    internal static Finding Unreachable(BusAddress address, Exception away)
    {
        var causes = Causes(away).ToList();
        if (causes.OfType<AuthenticationFailureException>().Any())
            return Finding.Failed("broker", $"the broker at {address.Host}:{address.Port} does not know {address.User} with this password", "mend Weir:Bus:User and Weir:Bus:Password, or rabbitmqctl change_password");
        return causes.OfType<OperationInterruptedException>().FirstOrDefault()?.ShutdownReason is { } reason
            ? Finding.Failed("broker", $"the broker at {address.Host}:{address.Port} does not let {address.User} onto virtual host {address.VirtualHost}: {reason.ReplyText}", $"rabbitmqctl add_vhost {address.VirtualHost}; rabbitmqctl set_permissions -p {address.VirtualHost} {address.User} '.*' '.*' '.*'")
            : Finding.Failed("broker", $"no broker answers at {address.Host}:{address.Port}: {causes[^1].Message}", "look whether RabbitMQ runs there, and whether address and port are right (Weir:Bus:Hosts, Weir:Bus:Port)");
    }

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        yield return fault;
        foreach (var inner in fault is AggregateException several ? several.InnerExceptions : fault.InnerException is { } one ? [one] : (IEnumerable<Exception>)[])
            foreach (var cause in Causes(inner))
                yield return cause;
    }

    /// <summary>Does once what every service does: makes a queue, sends to it, reads from it. The queue goes with the connection.</summary>
    private static async Task<Finding> RightsAsync(IConnection connection, BusAddress address, CancellationToken cancel)
    {
        var queue = $"{BrokerNames.AskPrefix}doctor-{Environment.ProcessId}";
        try
        {
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
            await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
            await channel.ExchangeDeclareAsync(BrokerNames.Events, ExchangeType.Topic, durable: true, cancellationToken: cancel);
            await channel.QueueBindAsync(queue, BrokerNames.Events, "Nothing.#", cancellationToken: cancel);
            await channel.BasicPublishAsync("", queue, mandatory: true, "doctor"u8.ToArray(), cancel);
            return await channel.BasicGetAsync(queue, autoAck: true, cancel) is null
                ? Finding.Failed("rights", $"a message to {queue} did not arrive", "look into the broker's log: an alarm for memory or disk stops those who send")
                : Finding.Ok("rights", $"{address.User} may declare, bind, send and read");
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Refused)
        {
            return Finding.Failed("rights", refused.ShutdownReason.ReplyText, $"rabbitmqctl set_permissions -p {address.VirtualHost} {address.User} '.*' '.*' '.*'");
        }
        catch (PublishException unrouted)
        {
            return Finding.Failed("rights", $"a message to {queue} was not taken: {unrouted.Message}", "look into the broker's log");
        }
    }

    private static async Task<Finding> EventsAsync(BusAddress address, CancellationToken cancel)
    {
        const string advice = "rabbitmq-plugins enable rabbitmq_event_exchange, on every node; until then a dead worker is found by its silence, after 4 s";
        try
        {
            await using var connection = await address.Factory(QueueEventsHost).CreateConnectionAsync(cancel);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
            await channel.ExchangeDeclarePassiveAsync(QueueEvents, cancel);
            return Finding.Ok("event exchange", "the broker tells of queues that are gone: a dead worker is found at once");
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            return Finding.Warning("event exchange", "the broker does not tell of queues that are gone", advice);
        }
        catch (Exception refused) when (refused is BrokerUnreachableException or OperationInterruptedException)
        {
            return Finding.Warning("event exchange", $"{address.User} is not let onto virtual host {QueueEventsHost}, where the broker tells of queues that are gone", $"rabbitmqctl set_permissions -p {QueueEventsHost} {address.User} '^weir\\.' '^weir\\.' '^(weir\\.|amq\\.rabbitmq\\.event$)'");
        }
    }

    private static string Version(IConnection connection) =>
        connection.ServerProperties is { } told && told.TryGetValue("version", out var version) && version is byte[] bytes ? $"RabbitMQ {Encoding.UTF8.GetString(bytes)}" : "it does not say its version";
}
