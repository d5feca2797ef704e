using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Contracts.Ownership;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Owners;

/// <summary>Writes down who has a stream, as the facts tell it. Told twice or out of order, the rows are the same.</summary>
internal sealed class OwnersConsumer(DatabaseResilience database, TimeProvider clock) : IConsumer<StreamsAssigned>, IConsumer<StreamsRunning>, IConsumer<StreamsUnowned>
{
    public Task Consume(ConsumeContext<StreamsAssigned> context) => WriteAsync(
        context,
        context.Message.Pool,
        context.Message.Version,
        context.Message.Streams.Select(one => new OwnerTold(one.StreamId, one.Epoch, one.WorkerId, one.Incarnation, one.FromWorkerId, Assigned: true)));

    public Task Consume(ConsumeContext<StreamsRunning> context) => WriteAsync(
        context,
        context.Message.Pool,
        context.Message.Version,
        context.Message.Streams.Select(one => new OwnerTold(one.StreamId, one.Epoch, one.WorkerId, one.Incarnation, one.FromWorkerId, Running: true)));

    // A stream that never had an owner has no row to end.
    public Task Consume(ConsumeContext<StreamsUnowned> context) => WriteAsync(
        context,
        context.Message.Pool,
        context.Message.Version,
        context.Message.Streams.Where(one => one is { Epoch: > 0, FromWorkerId: not null })
            .Select(one => new OwnerTold(one.StreamId, one.Epoch, one.FromWorkerId!, EndReason: one.Reason.ToString())));

    private Task WriteAsync(ConsumeContext context, string pool, long version, IEnumerable<OwnerTold> told)
    {
        var rows = told.DistinctBy(one => (one.Stream, one.Epoch)).ToList();
        var at = context.SentTime ?? clock.GetUtcNow().UtcDateTime;
        return rows.Count == 0
            ? Task.CompletedTask
            : database.RunAsync("owners.tell", (unit, token) => unit.Services.GetRequiredService<OwnerStore>().TellAsync(pool, version, at.ToUniversalTime(), rows, token), context.CancellationToken);
    }
}
