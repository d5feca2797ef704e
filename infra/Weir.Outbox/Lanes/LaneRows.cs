using Microsoft.EntityFrameworkCore;
using Weir.Outbox.Dialects;

namespace Weir.Outbox.Lanes;

/// <summary>Makes the three rows that a lane's messages refer to. Harmless where they are there.</summary>
internal static class LaneRows
{
    public static Task EnsureAsync<TDbContext>(Lane<TDbContext> lane, DbContext db, CancellationToken cancel)
        where TDbContext : DbContext =>
        lane.Sql(db).RunAsync(Text(lane.Names(db)), cancel, Values(lane.Ids, lane.Now));

    public static void Ensure<TDbContext>(Lane<TDbContext> lane, DbContext db)
        where TDbContext : DbContext =>
        lane.Sql(db).Run(Text(lane.Names(db)), Values(lane.Ids, lane.Now));

    private static string Text(TableNames names) =>
        $"""
        INSERT INTO {names.Lanes} ({names.LaneColumn(nameof(OutboxState.OutboxId))}, {names.LaneColumn(nameof(OutboxState.LockId))}, {names.LaneColumn(nameof(OutboxState.Created))})
        VALUES (@waiting, @none, @now), (@delayed, @none, @now), (@aside, @none, @now)
        ON CONFLICT ({names.LaneColumn(nameof(OutboxState.OutboxId))}) DO NOTHING
        """;

    private static (string, object)[] Values(LaneIds ids, DateTime now) =>
        [("waiting", ids.Waiting), ("delayed", ids.Delayed), ("aside", ids.SetAside), ("none", Guid.Empty), ("now", now)];
}
