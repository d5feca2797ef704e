using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Weir.Monitor.Facts;

/// <summary>Writes a fact down as one line and counts it.</summary>
internal sealed class FactConsumer<T>(MonitorMetrics metrics, ILogger<FactConsumer<T>> logger) : IConsumer<T>
    where T : class
{
    // A fact of 200 streams is long; the line says how it begins.
    private const int BodyMax = 2_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private static readonly Func<T, string?>? Pool = typeof(T).GetProperty("Pool")?.GetMethod?.CreateDelegate<Func<T, string?>>();

    public Task Consume(ConsumeContext<T> context)
    {
        var pool = Pool?.Invoke(context.Message) ?? "";
        metrics.Heard(typeof(T).Name, pool);
        if (logger.IsEnabled(LogLevel.Information)) MonitorLog.Heard(logger, typeof(T).Name, pool, Body(context.Message));
        return Task.CompletedTask;
    }

    private static string Body(T fact)
    {
        var body = JsonSerializer.Serialize(fact, Json);
        return body.Length <= BodyMax ? body : string.Concat(body.AsSpan(0, BodyMax), "…");
    }
}
