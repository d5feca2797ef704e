using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Logging;
using Weir.Bus.Sending;
using Weir.Contracts.Registration;
using Weir.Core.Identity;
using Weir.Core.Leases;

namespace Weir.Registry.Beats;

/// <summary>Asks a process whose incarnation nobody knows to register again, at most once a period: a whole fleet may ask at once after a restore.</summary>
internal sealed class AgainSender(IBus bus, WorkerRoute route, TimeProvider clock, ILogger<AgainSender> logger) : CommandQueueSender<RegisterAgain>(bus, route, logger)
{
    private const int RememberedMax = 100_000;
    private readonly ConcurrentDictionary<Incarnation, long> _asked = new();

    internal void Offer(in HeardBeat heard)
    {
        // Whoever does not name its process cannot be answered: its lease lapses, and it registers by itself.
        if (heard.Process is not { } process) return;
        var (worker, incarnation) = (heard.Reading.Beat.Worker.Value, heard.Reading.Beat.Incarnation);
        var now = clock.GetTimestamp();
        if (_asked.TryGetValue(incarnation, out var asked) && clock.GetElapsedTime(asked, now) < LeaseTimes.Fast.Beat) return;
        if (_asked.Count >= RememberedMax) _asked.Clear();
        _asked[incarnation] = now;
        Enqueue(worker, process, new RegisterAgain(worker, incarnation.Value, "no lease of this incarnation is known"));
    }
}
