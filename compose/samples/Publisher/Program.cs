// publisher [amqp://…] [how many] [kind] [Unfenced|Fenced]: declares streams in one request of numbered parts and hears one answer.
using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Ownership;

const int aPart = 200;
var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
var (kind, fenced) = (args.ElementAtOrDefault(2) ?? "ticker", Enum.Parse<StreamClass>(args.ElementAtOrDefault(3) ?? nameof(StreamClass.Unfenced)));
var (ask, key, answered) = ($"weir.ask.publisher-{Environment.ProcessId}", $"publisher-{Environment.ProcessId}-{count}", new TaskCompletionSource<string>());

await using var connection = await new ConnectionFactory { Uri = new(args.ElementAtOrDefault(0) ?? "amqp://guest:guest@localhost/") }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
await channel.QueueDeclareAsync(ask, durable: false, exclusive: true, autoDelete: true);
await channel.ExchangeDeclareAsync("weir.events", ExchangeType.Topic, durable: true);
await channel.QueueBindAsync(ask, "weir.events", "StreamsRunning.#");
var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += async (_, heard) =>
{
    var said = JsonElement.Parse(heard.Body.Span);
    var message = said.TryGetProperty("message", out var inner) ? inner : said; // in an envelope, or bare
    await Console.Out.WriteLineAsync(message.TryGetProperty("streams", out var streams) ? $"{streams.GetArrayLength()} streams run" : message.GetRawText());
    if (message.TryGetProperty("key", out var of) && of.GetString() == key)
        answered.TrySetResult(message.GetRawText());
};
await channel.BasicConsumeAsync(ask, autoAck: true, consumer);

var parts = Enumerable.Range(1, count).Select(i => new StreamDeclaration($"stream-{i:00000}", kind, Class: fenced)).Chunk(aPart).ToList();
for (var part = 1; part <= parts.Count; part++)
{
    var body = JsonSerializer.SerializeToUtf8Bytes(new DeclareStreams(key, "default", part, parts.Count, parts[part - 1], By: "publisher", AnswerTo: ask), JsonSerializerOptions.Web);
    await channel.BasicPublishAsync("weir.registry.streams", routingKey: "", mandatory: true, new BasicProperties { ContentType = "application/json", Persistent = true }, body);
}
await answered.Task.WaitAsync(TimeSpan.FromSeconds(60));
