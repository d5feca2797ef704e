using System.Text.Json;
using MassTransit;
using RabbitMQ.Client;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Ownership;
using Weir.Testing.Servers;

namespace Weir.Figures.Fleet;

/// <summary>Declares streams as any AMQP client may: bare JSON at Registry's door, in numbered parts.</summary>
internal static class Declarer
{
    private const string Door = "weir.registry.streams";
    private const int PartMax = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Tells planners to look: a bare wake-up.</summary>
    public static async Task WakeAsync(BrokerAddress broker, CancellationToken cancel)
    {
        var factory = new ConnectionFactory { Uri = broker.Amqp, ClientProvidedName = "figures" };
        await using var connection = await factory.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancel);
        var envelope = new { messageId = NewId.NextGuid(), messageType = new[] { "urn:message:Weir.Contracts.Planning:PoolChanged" }, message = new { pool = "default" } };
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = NewId.NextGuid().ToString() };
        await channel.BasicPublishAsync("weir.events", "PoolChanged.default", false, properties, JsonSerializer.SerializeToUtf8Bytes(envelope, Json), cancel);
    }

    /// <summary>Streams that tick. Returns when the broker has all parts.</summary>
    public static Task DeclareAsync(BrokerAddress broker, IReadOnlyList<string> streams, bool fenced, CancellationToken cancel) => DeclareAsync(
        broker, [.. streams.Select(stream => new StreamDeclaration(stream, "ticker", Class: fenced ? StreamClass.Fenced : StreamClass.Unfenced))], cancel);

    /// <summary>A station as a stream.</summary>
    public static StreamDeclaration Radio(KeyValuePair<string, Uri> station) =>
        new(station.Key, "radio", Class: StreamClass.Fenced, Definition: JsonSerializer.Serialize(new { url = station.Value }, Json));

    /// <summary>Any streams. Returns when the broker has all parts.</summary>
    public static async Task DeclareAsync(BrokerAddress broker, IReadOnlyList<StreamDeclaration> streams, CancellationToken cancel)
    {
        var factory = new ConnectionFactory { Uri = broker.Amqp, ClientProvidedName = "figures" };
        await using var connection = await factory.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancel);
        var parts = streams.Chunk(PartMax).ToList();
        var key = $"figures-{NewId.NextGuid():N}";
        for (var part = 1; part <= parts.Count; part++)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new DeclareStreams(key, "default", part, parts.Count, parts[part - 1], By: "figures"), Json);
            var properties = new BasicProperties { ContentType = "application/json", Persistent = true, MessageId = NewId.NextGuid().ToString() };
            await channel.BasicPublishAsync("", Door, mandatory: true, properties, body, cancel);
        }
    }
}
