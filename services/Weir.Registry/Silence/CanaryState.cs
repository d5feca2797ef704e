using Weir.Core.Leases;

namespace Weir.Registry.Silence;

/// <summary>Which canary is under way and which came back. Thread-safe.</summary>
internal sealed class CanaryState(MonotonicClock clock)
{
    private readonly Lock _gate = new();
    private Canary _canary;

    internal Canary Now
    {
        get
        {
            lock (_gate) return _canary;
        }
    }

    internal long Send()
    {
        lock (_gate)
        {
            _canary = _canary.Send(clock.Now);
            return _canary.Sent;
        }
    }

    internal void Return(long number)
    {
        lock (_gate) _canary = _canary.Return(number, clock.Now);
    }
}
