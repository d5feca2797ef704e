using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Orchestrator.Tests.Stage;

/// <summary>Whoever listens to facts, from the broker's side alone.</summary>
internal sealed class RawFacts : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private RawFacts(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    /// <summary>All that came: the fact's name, its body and how many bytes it took.</summary>
    internal ConcurrentQueue<(string Name, JsonElement Body, int Bytes)> Heard { get; } = new();

    internal static async Task<RawFacts> StartAsync(BrokerAddress broker)
    {
        var cancel = TestContext.Current.CancellationToken;
        var connection = await new ConnectionFactory { Uri = broker.Amqp, ClientProvidedName = "raw.facts", AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancel);
        var facts = new RawFacts(connection, await connection.CreateChannelAsync(cancellationToken: cancel));
        await facts._channel.ExchangeDeclareAsync("weir.events", ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancel);
        var queue = await facts._channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancel);
        await facts._channel.QueueBindAsync(queue.QueueName, "weir.events", "#", cancellationToken: cancel);
        var consumer = new AsyncEventingBasicConsumer(facts._channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var document = JsonDocument.Parse(delivery.Body);
            var name = document.RootElement.GetProperty("messageType")[0].GetString()!.Split(':')[^1];
            facts.Heard.Enqueue((name, document.RootElement.GetProperty("message").Clone(), delivery.Body.Length));
            return Task.CompletedTask;
        };
        await facts._channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancel);
        return facts;
    }

    internal Task<T> FirstAsync<T>(Func<T, bool> which)
        where T : class => Eventually.GetAsync(
            $"a {typeof(T).Name}",
            _ => Task.FromResult(Heard.Where(heard => heard.Name == typeof(T).Name).Select(heard => heard.Body.Deserialize<T>(Json)!).FirstOrDefault(which)),
            Replica.Bound,
            TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
