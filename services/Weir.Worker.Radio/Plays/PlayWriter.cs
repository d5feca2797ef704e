using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Worker.Radio.Listening;

namespace Weir.Worker.Radio.Plays;

/// <summary>Writes down what a reception hears, and reports it to the planner. A database that is away loses nothing soon: the plays are kept.</summary>
internal sealed class PlayWriter(PlayTable table, IOptions<RadioOptions> options, TimeProvider clock, ILogger<PlayWriter> logger)
{
    private static readonly TimeSpan LastBound = TimeSpan.FromSeconds(1);

    /// <summary>Claims the station, however long its database is away.</summary>
    /// <exception cref="LeaseLostException">Another has it.</exception>
    internal async Task<PlayMark?> ClaimAsync(StreamLease lease, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await lease.ClaimAsync((epoch, cancel) => table.ClaimAsync(lease.Stream.Id, epoch, cancel), stop);
            }
            catch (Exception e) when (IsAway(e))
            {
                RadioLog.NotClaimed(logger, lease.Stream.Id, e.Message);
            }
            await Task.Delay(options.Value.RetryFirst, clock, stop);
        }
    }

    /// <summary>Ends by cancellation, or with the lease.</summary>
    internal async Task WriteAsync(StreamLease lease, Reception reception, CancellationToken stop)
    {
        var isWritten = true;
        while (true)
        {
            // After a failure the database is left alone for a while, whatever the news.
            await WaitAsync(isWritten ? reception.News : null, stop);
            isWritten = await TryWriteAsync(lease, reception, stop);
        }
    }

    /// <summary>For the end of a run: what was heard up to now, if it can be written within a second.</summary>
    internal async Task WriteLastAsync(StreamLease lease, Reception reception)
    {
        using var bound = new CancellationTokenSource(LastBound, clock);
        try
        {
            if (lease.IsValid)
                await TryWriteAsync(lease, reception, bound.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or LeaseLostException)
        {
            RadioLog.NotWritten(logger, lease.Stream.Id, e.Message);
        }
    }

    private async Task<bool> TryWriteAsync(StreamLease lease, Reception reception, CancellationToken cancel)
    {
        var look = reception.Look();
        lease.Report(look.Load(options.Value.BytesPerUnit), look.Position);
        if (look.Page.GivenUp > 0)
            RadioLog.GivenUp(logger, look.Page.GivenUp, lease.Stream.Id);
        if (look.Page.Plays.Count == 0)
            return true;
        try
        {
            await table.WriteAsync(lease, look.Page.Plays, cancel);
            reception.Written(look.Page);
            return true;
        }
        catch (Exception e) when (IsAway(e))
        {
            RadioLog.NotWritten(logger, lease.Stream.Id, e.Message);
            return false;
        }
    }

    private async Task WaitAsync(Task? news, CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pause = Task.Delay(options.Value.SeenEvery, clock, both.Token);
        await Task.WhenAny(news ?? pause, pause);
        await both.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private static bool IsAway(Exception e) => e is DbException or TimeoutException or IOException;
}
