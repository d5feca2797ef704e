using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Identity;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Planning;
using Weir.Diagnostics.Reading;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Explaining;

/// <summary>Answers why a stream is where it is.</summary>
internal sealed class ExplainDesk(DatabaseResilience database, PoolDesk pools, TimeProvider clock)
{
    private const int OwnersMax = 10;
    private const int MovesRead = 50;

    /// <summary>The explanation; null when the stream is not in the catalogue.</summary>
    internal async Task<StreamExplanation?> ExplainAsync(StreamId stream, CancellationToken cancel)
    {
        var found = await database.RunAsync(new DatabaseCall("api.explain") { ReadsOnly = true }, (unit, token) => ReadAsync(unit.Services, stream, token), cancel);
        if (found is not { } of) return null;
        var (reason, words) = WhyHere.Of(of);
        var pool = await pools.ReadAsync(of.Stream.Pool, cancel);
        return new StreamExplanation
        {
            Stream = of.Stream,
            Reason = reason,
            Words = words,
            Since = of.Stream.Since,
            ForMs = of.Stream.Since is { } since ? Math.Max(0, (long)(clock.GetUtcNow() - since).TotalMilliseconds) : null,
            WouldMove = pool is { } read ? WouldMove.Of(of, read.Rows) : [],
            IfWorkerLeft = pool is { } there ? WouldMove.IfWorkerLeft(of, there.Rows) : null,
            Owners = of.Owners,
            Plan = of.PlanSummary,
        };
    }

    private static async Task<Explanation?> ReadAsync(IServiceProvider services, StreamId stream, CancellationToken cancel)
    {
        if (await services.GetRequiredService<CatalogueReader>().FindAsync(stream, cancel) is not { } row) return null;
        var moves = await services.GetRequiredService<MigrationReader>().ListAsync(new MigrationQuery { Stream = stream.Value, Limit = MovesRead }, cancel);
        // One more than is shown: why the last of them came, the one before it tells.
        var grants = await services.GetRequiredService<OwnerStore>().OfAsync(stream, OwnersMax + 1, cancel);
        var worker = row.Worker is { } name ? await services.GetRequiredService<FleetReader>().FindAsync(WorkerId.Parse(name), cancel) : null;
        return new Explanation(
            StreamAnswers.Detail(row, moves.FirstOrDefault(move => move.EndedAt is null)),
            [.. OwnerHistory.Of(grants, moves).Take(OwnersMax)],
            [.. moves.Select(MigrationAnswers.Summary)],
            await PlanAsync(services.GetRequiredService<PlanReader>(), row, grants, moves, cancel),
            worker);
    }

    // A placement carries its plan's version; a move was begun by its plan, in the same instant.
    private static async Task<StoredPlan?> PlanAsync(
        PlanReader plans, StreamReading row, IReadOnlyList<StoredOwner> grants, IReadOnlyList<MigrationReading> moves, CancellationToken cancel)
    {
        if (row.Epoch == 0) return null;
        if (moves.FirstOrDefault(move => move.TargetEpoch == row.Epoch) is { } began) return await plans.BeganAsync(row.Pool, began.StartedAt, cancel);
        return grants.FirstOrDefault(grant => grant.Epoch.Value == row.Epoch) is { Version: > 0 } grant ? await plans.FindAsync(row.Pool, grant.Version, cancel) : null;
    }
}
