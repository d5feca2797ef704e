using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Outbox.Dialects;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Inbox;

/// <summary>Deletes inbox rows that are older than the duplicate detection window, in small transactions, on any replica.</summary>
internal sealed class InboxCleanupService<TDbContext>(
    Lane<TDbContext> lane, IServiceScopeFactory scopes, ILogger<InboxCleanupService<TDbContext>> logger) : BackgroundService
    where TDbContext : DbContext
{
    private const int RowsMax = 5_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, lane.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await CleanAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task CleanAsync(CancellationToken cancel)
    {
        try
        {
            while (await CleanOnceAsync(cancel) == RowsMax)
            {
                // A full chunk: there is more.
            }
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            // The database may be away; the rows can wait for the next period.
            InboxLog.CleanupFailed(logger, e);
        }
    }

    internal async Task<int> CleanOnceAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDbContext>();
        return await lane.Sql(db).RunAsync(
            Text(lane.Names(db)), cancel, ("before", lane.Now - lane.Settings.DuplicateDetectionWindow), ("rows", RowsMax));
    }

    private string Text(TableNames names) =>
        $"""
        DELETE FROM {names.Inbox} WHERE {names.InboxColumn(nameof(InboxState.Id))} IN (
            SELECT {names.InboxColumn(nameof(InboxState.Id))} FROM {names.Inbox}
            WHERE {names.InboxColumn(nameof(InboxState.Delivered))} < @before
            ORDER BY {names.InboxColumn(nameof(InboxState.Delivered))} LIMIT @rows {lane.Dialect.SkipLocked})
        """;
}
