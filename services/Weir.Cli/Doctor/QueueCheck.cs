using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;

namespace Weir.Cli.Doctor;

/// <summary>Whether the services' queues are there, as they must be, and read.</summary>
internal static class QueueCheck
{
    private const int NotFound = 404;
    private const int Differs = 406;

    private static readonly string[] Registry = ["register", "beats", "streams", "lifecycle", "holdings", "reports", "requests"];
    private static readonly string[] Orchestrator = ["answers", "migrations", "requests"];

    /// <summary>Every queue whose being read is what makes the fleet work.</summary>
    internal static IReadOnlyList<string> Queues { get; } =
        [.. Registry.Select(what => BrokerNames.ServiceQueue("registry", what)), .. Orchestrator.Select(what => BrokerNames.ServiceQueue("orchestrator", what))];

    internal static async Task<IReadOnlyList<Finding>> LookAsync(IConnection connection, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        foreach (var queue in Queues)
            if (await OneAsync(connection, queue, cancel) is { } fault)
                findings.Add(fault);
        foreach (var queue in Queues)
            if (await CountAsync(connection, BrokerNames.ErrorQueue(queue), cancel) is { MessageCount: > 0 } parked)
                findings.Add(Finding.Warning("parked", $"{parked.MessageCount} messages in {parked.QueueName} could not be handled", $"read the header weir-reason of the first one in the management page, mend the cause, then move them back"));
        return findings.Count > 0 ? findings : [Finding.Ok("queues", $"all {Queues.Count} are there as they must be, and read; none is parked")];
    }

    private static async Task<Finding?> OneAsync(IConnection connection, string queue, CancellationToken cancel)
    {
        var service = queue.Split('.')[1] == "registry" ? "Weir.Registry" : "Weir.Orchestrator";
        if (await CountAsync(connection, queue, cancel) is not { } told)
            return Finding.Failed("queues", $"{queue} is not there", $"start {service}: it makes its queues");
        if (await DifferenceAsync(connection, queue, cancel) is { } difference)
            return Finding.Failed("queues", $"{queue} is not as it must be: {difference}", $"stop {service}, delete the queue when it is empty, start {service} again");
        return told.ConsumerCount == 0 ? Finding.Failed("queues", $"nobody reads {queue}, where {told.MessageCount} messages wait", $"start {service}, or look into its log") : null;
    }

    private static async Task<QueueDeclareOk?> CountAsync(IConnection connection, string queue, CancellationToken cancel)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, cancel);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            return null;
        }
    }

    /// <summary>Declares what is there again, as it must be: the broker says what differs, and changes nothing.</summary>
    private static async Task<string?> DifferenceAsync(IConnection connection, string queue, CancellationToken cancel)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        try
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Arguments(queue), cancellationToken: cancel);
            return null;
        }
        catch (OperationInterruptedException differs) when (differs.ShutdownReason?.ReplyCode == Differs)
        {
            return differs.ShutdownReason.ReplyText;
        }
    }

    private static Dictionary<string, object?> Arguments(string queue)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = WeirEndpoints.Register.DeliveryLimit,
        };
        if (queue == WeirEndpoints.Beats(Core.Leases.LeaseTimes.Fast.Ttl).Queue)
        {
            arguments["x-message-ttl"] = (long)Core.Leases.LeaseTimes.Fast.Ttl.TotalMilliseconds;
            return arguments;
        }

        arguments["x-dead-letter-exchange"] = BrokerNames.ErrorQueue(queue);
        arguments["x-dead-letter-strategy"] = "at-least-once";
        arguments["x-overflow"] = "reject-publish";
        return arguments;
    }
}
