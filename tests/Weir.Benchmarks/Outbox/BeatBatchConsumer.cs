using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Weir.Benchmarks.Outbox;

/// <summary>A batch of beats becomes one conditional upsert, as the beats' own endpoint does it: no inbox, no outbox.</summary>
internal sealed class BeatBatchConsumer(BenchContext db, Tally tally, TimeProvider clock) : IConsumer<Batch<BeatSaid>>
{
    public async Task Consume(ConsumeContext<Batch<BeatSaid>> context)
    {
        var newest = context.Message.Select(beat => beat.Message).GroupBy(beat => beat.Worker)
            .Select(beats => beats.MaxBy(beat => beat.Sequence)!).OrderBy(beat => beat.Worker).ToList();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Beats" ("Id", "Sequence", "At")
            SELECT worker, sequence, {clock.GetUtcNow().UtcDateTime}
            FROM unnest({newest.Select(beat => beat.Worker).ToArray()}, {newest.Select(beat => beat.Sequence).ToArray()}) AS said(worker, sequence)
            ON CONFLICT ("Id") DO UPDATE SET "Sequence" = excluded."Sequence", "At" = excluded."At" WHERE "Beats"."Sequence" < excluded."Sequence"
            """,
            context.CancellationToken);
        for (var beat = 0; beat < context.Message.Length; beat++) tally.Heard(0);
    }
}
