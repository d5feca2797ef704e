using Microsoft.EntityFrameworkCore;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Persistence.Rows;

namespace Weir.Persistence.Stores;

/// <summary>Reads migrations for people.</summary>
public sealed class MigrationReader(WeirDbContext db)
{
    /// <summary>A page, the latest first; it goes on after the last row, whatever came meanwhile.</summary>
    public async Task<IReadOnlyList<MigrationReading>> ListAsync(MigrationQuery query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = db.Migrations.AsNoTracking();
        if (query.OnlyStates.Count > 0)
        {
            var states = query.OnlyStates.Select(Enum.Parse<MigrationState>).ToArray();
            rows = rows.Where(row => states.Contains(row.State));
        }

        if (query.Stream is { } stream)
        {
            var id = StreamId.Parse(stream);
            rows = rows.Where(row => row.Stream == id);
        }

        if (query.Pool is { } pool) rows = rows.Where(row => row.Pool == pool);
        if (query.Worker is { } name)
        {
            var worker = WorkerId.Parse(name);
            rows = rows.Where(row => db.Leases.Any(lease => lease.Worker == worker && (lease.Incarnation == row.Source || lease.Incarnation == row.Target)));
        }

        if (query.After is { } after)
        {
            var (at, last) = after;
            rows = rows.Where(row => row.StartedAt < at || (row.StartedAt == at && row.CorrelationId.CompareTo(last) < 0));
        }

        return await NamedAsync(rows.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.CorrelationId).Take(query.Limit), cancel);
    }

    /// <summary>How many open migrations leave a life, and how many go to it.</summary>
    public async Task<(int Leaving, int Coming)> OpenAsync(Incarnation incarnation, CancellationToken cancel)
    {
        var open = db.Migrations.AsNoTracking().Where(row => row.State == MigrationState.Releasing || row.State == MigrationState.Starting);
        return (await open.CountAsync(row => row.Source == incarnation, cancel), await open.CountAsync(row => row.Target == incarnation, cancel));
    }

    private async Task<IReadOnlyList<MigrationReading>> NamedAsync(IQueryable<StoredMigration> page, CancellationToken cancel)
    {
        var rows = await page.ToListAsync(cancel);
        var lives = rows.SelectMany(row => new[] { row.Source, row.Target }).Distinct().ToArray();
        var names = await db.Leases.AsNoTracking().Where(lease => lives.Contains(lease.Incarnation))
            .Select(lease => new { lease.Incarnation, lease.Worker }).ToDictionaryAsync(lease => lease.Incarnation, lease => lease.Worker.Value, cancel);
        return [.. rows.Select(row => new MigrationReading(
            row.CorrelationId,
            row.Pool,
            row.Stream.Value,
            row.State.ToString(),
            names.GetValueOrDefault(row.Source),
            names.GetValueOrDefault(row.Target),
            row.Source.Value,
            row.Target.Value,
            row.SourceEpoch.Value,
            row.TargetEpoch.Value,
            row.Reason,
            row.Asked,
            row.StartedAt,
            row.EndedAt))];
    }
}
