using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Delivery;

/// <summary>Reads the lane's depth for the gauges: every 5 s, and more seldom where counting takes long.</summary>
internal sealed class DepthSampler<TDbContext>(
    Lane<TDbContext> lane, OutboxMetrics<TDbContext> metrics, IServiceScopeFactory scopes, ILogger<DepthSampler<TDbContext>> logger) : BackgroundService
    where TDbContext : DbContext
{
    private const int Share = 20;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var begun = lane.Clock.GetTimestamp();
                await SampleAsync(stoppingToken);
                var dear = lane.Clock.GetElapsedTime(begun) * Share;
                await Task.Delay(dear > Period ? dear : Period, lane.Clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task SampleAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            metrics.Sampled(await DepthReader.ReadAsync(lane, scope.ServiceProvider.GetRequiredService<TDbContext>(), cancel));
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            // The database may be away; the gauges keep their last values.
            DeliveryLog.DepthUnread(logger, lane.Settings.Lane, e);
        }
    }
}
