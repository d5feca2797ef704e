using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Weir.Bus;
using Weir.Core.Leases;

namespace Weir.Registry.Silence;

/// <summary>
/// Hears from the broker which queues come and go. Its events have no body, all is in their headers, so they are read by a plain client
/// beside the bus. A connection that was lost may have missed events: what was known is forgotten with it.
/// </summary>
internal sealed class QueueEventsLoop(
    IOptions<WeirBusOptions> bus, IOptions<RegistryOptions> options, QueuePresence queues, RegistryProcess process, TimeProvider clock, ILogger<QueueEventsLoop> logger)
    : BackgroundService
{
    private const string Events = "amq.rabbitmq.event";
    private const int NotFound = 404;
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (bus.Value.Transport != BusTransport.RabbitMq) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = TryAgain;
            try
            {
                await HearAsync(stoppingToken);
            }
            catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == NotFound)
            {
                if (queues.IsTold != false)
                    RegistryLog.NoQueueEvents(logger, options.Value.EventsVirtualHost, LeaseTimes.Fast.FenceAfter.TotalSeconds, LeaseTimes.QueuesGoneFor.TotalSeconds);
                queues.IsTold = false;
                pause = AskAgain;
            }
            catch (Exception e) when (e is BrokerUnreachableException or RabbitMQClientException or IOException or TimeoutException or OperationCanceledException)
            {
                if (!stoppingToken.IsCancellationRequested) RegistryLog.QueueEventsAway(logger, e.GetType().Name, e.Message);
            }

            queues.Forget();
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HearAsync(CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        await channel.ExchangeDeclarePassiveAsync(Events, cancel);
        var queue = $"weir.registry.deaths.{process.Name}";
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
        foreach (var key in (string[])["queue.deleted", "queue.created"])
            await channel.QueueBindAsync(queue, Events, key, cancellationToken: cancel);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, told) =>
        {
            Take(told.RoutingKey, told.BasicProperties.Headers);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancel);
        if (queues.IsTold != true) RegistryLog.QueueEvents(logger);
        queues.IsTold = true;
        await ended.Task.WaitAsync(cancel);
    }

    private Task<IConnection> ConnectAsync(CancellationToken cancel)
    {
        var to = bus.Value;
        var factory = new ConnectionFactory
        {
            Port = to.Port,
            VirtualHost = options.Value.EventsVirtualHost,
            UserName = to.User,
            Password = to.Password,
            ClientProvidedName = $"registry.deaths@{process.Name}",
            RequestedHeartbeat = to.Heartbeat,
            RequestedConnectionTimeout = to.ConnectTimeout,
            AutomaticRecoveryEnabled = false,
        };
        return factory.CreateConnectionAsync([.. to.Hosts.Select(host => new AmqpTcpEndpoint(host, to.Port, new SslOption(host, enabled: to.UseTls)))], cancel);
    }

    private void Take(string key, IDictionary<string, object?>? headers)
    {
        if (headers is null || Text(headers, "vhost") != bus.Value.VirtualHost || Text(headers, "name") is not { } name) return;
        if (!name.StartsWith("weir.w.", StringComparison.Ordinal)) return;
        if (key == "queue.deleted") queues.Gone(name);
        else queues.Back(name);
    }

    private static string? Text(IDictionary<string, object?> headers, string name) => headers.TryGetValue(name, out var value) && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;
}
