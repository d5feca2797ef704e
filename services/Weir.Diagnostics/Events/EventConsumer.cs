using System.Text.Json;
using MassTransit;
using Weir.Diagnostics.Api;

namespace Weir.Diagnostics.Events;

/// <summary>Hands a fact to the log.</summary>
internal sealed class EventConsumer<T>(EventLog log) : IConsumer<T>
    where T : class
{
    private static readonly Func<T, string?>? Pool = typeof(T).GetProperty("Pool")?.GetMethod?.CreateDelegate<Func<T, string?>>();

    public Task Consume(ConsumeContext<T> context)
    {
        var fact = context.Message;
        log.Add(typeof(T).Name, Pool?.Invoke(fact), JsonSerializer.SerializeToElement(fact, ApiJson.Options));
        return Task.CompletedTask;
    }
}
