using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Weir.Bus.Connecting;

/// <summary>
/// Stands before every attempt to connect and waits until a node of the broker answers, so that an attempt is made when
/// it can succeed: no back-off builds up, and the way back takes a moment after the port opens.
/// </summary>
internal sealed class BrokerGate(AmqpProbe probe, TimeSpan pause, BusStopping stopping, TimeProvider clock, ILogger<BrokerGate> logger)
{
    private const int JitterPercent = 40;

    // After this much one attempt is made in any case: a broker may answer the real client and not the probe.
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(2);

    private int _waiting;

    /// <summary>Whether somebody wants to connect and no node answers.</summary>
    internal bool IsWaiting => Volatile.Read(ref _waiting) > 0;

    internal async Task WaitAsync()
    {
        if (await probe.AnswersAsync(stopping.Token))
            return;

        Interlocked.Increment(ref _waiting);
        var since = clock.GetTimestamp();
        ConnectLog.Away(logger, probe.Target);
        try
        {
            while (clock.GetElapsedTime(since) < WaitMax)
            {
                await Task.Delay(pause * (1 + (RandomNumberGenerator.GetInt32(JitterPercent) / 100.0)), clock, stopping.Token);
                if (!await probe.AnswersAsync(stopping.Token))
                    continue;
                ConnectLog.Back(logger, probe.Target, clock.GetElapsedTime(since).TotalMilliseconds);
                return;
            }
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            // The transport is about to stop and finds that out itself.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
