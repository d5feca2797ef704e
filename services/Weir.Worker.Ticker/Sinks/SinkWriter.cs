using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Ownership;

namespace Weir.Worker.Ticker.Sinks;

/// <summary>Takes ticks from the wheel without making it wait and writes what has come together. A sink that is away costs ticks, the oldest first.</summary>
internal sealed class SinkWriter : IAsyncDisposable
{
    private const int KeptMax = 50_000;
    private const int BatchMax = 5_000;

    // The instrument must not be what it measures: a statement each time a slot of the wheel comes round would be a hundred a second.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private readonly Channel<(Ticking Stream, Tick Tick)> _kept = Channel.CreateBounded<(Ticking, Tick)>(
        new BoundedChannelOptions(KeptMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly ITickSink _sink;
    private readonly TimeProvider _clock;
    private readonly ILogger<SinkWriter> _logger;
    private readonly Task _loop;

    public SinkWriter(ITickSink sink, TimeProvider clock, ILogger<SinkWriter> logger)
    {
        (_sink, _clock, _logger) = (sink, clock, logger);
        _loop = Task.Run(LoopAsync);
    }

    internal void Add(Ticking stream, Tick tick)
    {
        if (stream.Lease.Stream.Class == StreamClass.Fenced)
            _kept.Writer.TryWrite((stream, tick));
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
        var batch = new List<(Ticking Stream, Tick Tick)>();
        try
        {
            while (await _kept.Reader.WaitToReadAsync(_stop.Token))
            {
                batch.Clear();
                while (batch.Count < BatchMax && _kept.Reader.TryRead(out var next))
                    batch.Add(next);
                await WriteAsync(batch);
                await Task.Delay(Gather, _clock, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The process ends; what is not written was never promised.
        }
    }

    private async Task WriteAsync(List<(Ticking Stream, Tick Tick)> batch)
    {
        try
        {
            var refused = await _sink.WriteAsync([.. batch.Select(each => each.Tick)], _stop.Token);
            if (refused.Count == 0)
                return;
            foreach (var (stream, tick) in batch.Where(each => refused.Contains((each.Tick.Stream, each.Tick.Epoch))).DistinctBy(each => each.Stream))
                _ = stream.RefusedAsync(tick.Epoch, _stop.Token);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or IOException)
        {
            TickerLog.NotWritten(_logger, batch.Count, e.Message);
        }
    }
}
