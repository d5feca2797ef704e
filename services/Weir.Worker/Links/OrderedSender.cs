using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Weir.Worker.Agent;

namespace Weir.Worker.Links;

/// <summary>
/// What must arrive in order, kept until the broker has it. Bounded: when the broker is away for long the oldest goes, and what is
/// older than half a minute is given up, for its deadline has asked again long since.
/// </summary>
internal sealed class OrderedSender(Func<object, CancellationToken, Task> send, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private const int KeptMax = 20_000;
    private const int TakenMax = 1_000;
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Channel<(object Message, long Since)> _kept = Channel.CreateBounded<(object, long)>(
        new BoundedChannelOptions(KeptMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    internal void Start() => _loop = Task.Run(LoopAsync);

    internal void Add(object message) => _kept.Writer.TryWrite((message, clock.GetTimestamp()));

    /// <summary>Takes nothing more and waits until all is sent, or until it took too long.</summary>
    internal async Task FlushAsync(TimeSpan bound)
    {
        _kept.Writer.TryComplete();
        try
        {
            await _loop.WaitAsync(bound, clock);
        }
        catch (TimeoutException)
        {
            WorkerLog.GivenUp(logger, "The last word", bound.TotalSeconds);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _kept.Writer.TryComplete();
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        var taken = new List<object>();
        try
        {
            while (await _kept.Reader.WaitToReadAsync(_stop.Token))
            {
                taken.Clear();
                var since = clock.GetTimestamp();
                while (taken.Count < TakenMax && _kept.Reader.TryRead(out var next))
                    (since, _) = (Math.Min(since, next.Since), Collect(taken, next.Message));
                foreach (var message in AnswerBatches.Merge(taken))
                    await SendAsync(message, since);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Whoever stops it has flushed it, or has no more use for it.
        }
    }

    private static int Collect(List<object> taken, object message)
    {
        taken.Add(message);
        return taken.Count;
    }

    private async Task SendAsync(object message, long since)
    {
        while (true)
        {
            try
            {
                await send(message, _stop.Token);
                return;
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                WorkerLog.NotSent(logger, message.GetType().Name, e.Message);
            }
            if (clock.GetElapsedTime(since) >= GivenUpAfter)
            {
                WorkerLog.GivenUp(logger, message.GetType().Name, clock.GetElapsedTime(since).TotalSeconds);
                return;
            }
            await Task.Delay(Pause, clock, _stop.Token);
        }
    }
}
