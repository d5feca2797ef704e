using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Outbox.Lanes;

namespace Weir.Outbox.Delivery;

/// <summary>
/// Looks at the lane whenever a commit of this process says so, and every QueryDelay in any case: for rows of processes
/// that run no delivery, for a replica that died, for delayed rows.
/// </summary>
internal sealed class DeliveryService<TDbContext>(
    Lane<TDbContext> lane, LaneDelivery<TDbContext> delivery, IBusControl bus, IServiceScopeFactory scopes, ILogger<DeliveryService<TDbContext>> logger)
    : BackgroundService
    where TDbContext : DbContext
{
    private static readonly TimeSpan StartWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Sweep _sweep = new(lane.Settings, lane.Clock);
    private readonly KeptContext<TDbContext> _context = new(scopes);
    private bool _isWaiting;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await StartedAsync(stoppingToken);
            var pause = TimeSpan.Zero;
            while (true)
            {
                pause = await TryLookAsync(pause, stoppingToken);
                if (pause > TimeSpan.Zero) await StayAwayAsync(pause, stoppingToken);
                else if (!_sweep.HasMore) await lane.Signal.WaitAsync(_sweep.NextIn(delivery.Held.NextIn()), lane.Clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            await _context.DisposeAsync();
        }
    }

    // A bus that is not yet up would make the first looks wait for nothing; one that cannot come up must not keep us from trying.
    private async Task StartedAsync(CancellationToken cancel)
    {
        using var bound = new CancellationTokenSource(StartWait, lane.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancel);
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            DeliveryLog.Waits(logger, lane.Settings.Lane, 0);
        }
    }

    /// <returns>How long to stay away from the database; zero after a look that worked.</returns>
    private async Task<TimeSpan> TryLookAsync(TimeSpan pauseBefore, CancellationToken cancel)
    {
        try
        {
            await LookAsync(cancel);
            return TimeSpan.Zero;
        }
        catch (Exception e)
        {
            // Whatever it is, the next look may work, and without this loop every message of the service would stay.
            cancel.ThrowIfCancellationRequested();
            var pause = pauseBefore == TimeSpan.Zero ? FirstPause : pauseBefore * 2 < LongestPause ? pauseBefore * 2 : LongestPause;
            DeliveryLog.LookFailed(logger, lane.Settings.Lane, pause.TotalMilliseconds, e);
            _sweep.StartOver();
            await _context.DisposeAsync();
            return pause;
        }
    }

    // A commit of this process says that the database is back; the first pause holds in any case, for a look may fail where commits do not.
    private async Task StayAwayAsync(TimeSpan pause, CancellationToken cancel)
    {
        await Task.Delay(FirstPause, lane.Clock, cancel);
        if (pause > FirstPause) await lane.Signal.WaitAsync(pause - FirstPause, lane.Clock, cancel);
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        var (above, isFirst) = _sweep.Begin(delivery.Held.TakeEnded());
        var look = await delivery.LookAsync(await _context.OpenAsync(cancel), above, isFirst, cancel);
        _sweep.Ended(look);
        Tell(look);
    }

    private void Tell(Look look)
    {
        if (look.Read == 0) return;

        var waits = look.Gone == 0;
        if (waits && !_isWaiting) DeliveryLog.Waits(logger, lane.Settings.Lane, delivery.Held.Now().Count);
        if (!waits && _isWaiting) DeliveryLog.Delivers(logger, lane.Settings.Lane);
        _isWaiting = waits;
    }
}
