using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Contracts;
using Weir.Contracts.Reports;
using Weir.Core.Identity;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Registry.Reports;

/// <summary>How streams fare at their owners: a batch is one statement. What cannot be read is left out: the next word comes in seconds.</summary>
internal sealed class StreamsReportedConsumer(DatabaseResilience database) : IConsumer<Batch<StreamsReported>>
{
    private const int PositionMax = 200;

    public Task Consume(ConsumeContext<Batch<StreamsReported>> context)
    {
        var words = context.Message.SelectMany(one => Read(one.Message)).ToList();
        return words.Count == 0
            ? Task.CompletedTask
            : database.RunAsync("reports.write", (unit, token) => unit.Services.GetRequiredService<ReportStore>().WriteAsync(words, token), context.CancellationToken);
    }

    private static IEnumerable<StreamWord> Read(StreamsReported message) =>
        (message.Streams ?? []).Take(MessageLimits.StreamsMax).Select(report => Read(new Incarnation(message.Incarnation), report)).OfType<StreamWord>();

    private static StreamWord? Read(Incarnation incarnation, StreamReport? report)
    {
        if (!StreamId.TryParse(report?.StreamId, out var stream) || report!.Epoch is < 1 or > Epoch.Max) return null;
        var load = report.Load is { } units && double.IsFinite(units) && units >= 0 ? report.Load : null;
        var position = report.Position?.Replace("\0", "", StringComparison.Ordinal);
        return new StreamWord(stream, incarnation, new Epoch(report.Epoch), load, position is { Length: > PositionMax } ? position[..PositionMax] : position);
    }
}
