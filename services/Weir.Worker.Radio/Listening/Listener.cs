using System.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Listening;

/// <summary>Listens to one station for as long as it is wanted: tunes in, hears it out, waits a little, tunes in again. 16 KB a station.</summary>
internal sealed class Listener(Tuner tuner, IOptions<RadioOptions> options, TimeProvider clock, Func<double> chance, ILogger<Listener> logger)
{
    private const int ReadBytes = 16 * 1024;

    /// <summary>Ends by cancellation alone: whatever a station does is told to its reception, and tried again.</summary>
    internal async Task ListenAsync(string stream, Uri address, Reception reception, CancellationToken stop)
    {
        var backOff = new BackOff(options.Value, chance);
        while (true)
        {
            var listened = TimeSpan.Zero;
            try
            {
                using var tuned = await TuneAsync(address, stop);
                reception.Opened(tuned.TitleEvery is not null);
                RadioLog.Tuned(logger, stream, tuned.At.Host, tuned.TitleEvery ?? 0);
                var begun = clock.GetTimestamp();
                try
                {
                    await HearAsync(tuned, reception, stop);
                }
                finally
                {
                    listened = clock.GetElapsedTime(begun);
                }
            }
            catch (TuningException e)
            {
                reception.Lost(e.Fault, e.Message);
                RadioLog.Lost(logger, stream, e.Fault, e.Message);
            }
            await Task.Delay(backOff.Next(listened), clock, stop);
        }
    }

    private async Task<Tuned> TuneAsync(Uri address, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(options.Value.TuneInFor, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            return await tuner.TuneAsync(address, either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new TuningException(TuningFault.TooLate, $"no sound came within {options.Value.TuneInFor.TotalSeconds:0.#} s", e);
        }
    }

    private async Task HearAsync(Tuned tuned, Reception reception, CancellationToken stop)
    {
        var (titles, pace) = (new IcyTitles(tuned.TitleEvery), new Pace(options.Value, clock));
        using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var stopping = stop.Register(static source => ((CancellationTokenSource)source!).Cancel(), silence);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            for (var bytes = tuned.First; ;)
            {
                reception.Heard(bytes.Length, titles.Feed(bytes.Span), titles.Places > 0);
                await pace.KeepAsync(bytes.Length, stop);
                silence.CancelAfter(options.Value.StallAfter);
                var read = await tuned.Sound.ReadAsync(buffer.AsMemory(0, ReadBytes), silence.Token);
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                if (read == 0)
                    throw new TuningException(TuningFault.Ended, "the station ended the connection");
                bytes = buffer.AsMemory(0, read);
            }
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new TuningException(TuningFault.Stalled, $"not a byte came for {options.Value.StallAfter.TotalSeconds:0.#} s", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            stop.ThrowIfCancellationRequested();
            throw new TuningException(TuningFault.Ended, $"the connection broke: {e.Message}", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
