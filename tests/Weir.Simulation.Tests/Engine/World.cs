using Weir.Simulation.Tests.Checks;
using Weir.Simulation.Tests.Fleet;

namespace Weir.Simulation.Tests.Engine;

/// <summary>One run: virtual time, one seed, and everything that lives in it. Single-threaded; nothing is shared between runs.</summary>
internal sealed class World
{
    private readonly EventQueue _queue = new();
    private readonly long[] _faults = new long[Enum.GetValues<Fault>().Length];
    private readonly long[] _branches = new long[Enum.GetValues<Branch>().Length];
    private ulong _trace = 14695981039346656037;

    internal World(Shape shape)
    {
        Shape = shape;
        Rng = new Rng(shape.Seed, purpose: 1);
        Streams = new StreamTable(shape, Rng);
        God = new GodView(this);
        Broker = new Broker(this);
        Database = new Database(this);
        Sink = new Sink(this);
        Fleet = new FleetTable(this);
    }

    internal Shape Shape { get; }

    internal Rng Rng { get; }

    internal StreamTable Streams { get; }

    internal GodView God { get; }

    internal Broker Broker { get; }

    internal Database Database { get; }

    internal Sink Sink { get; }

    internal FleetTable Fleet { get; }

    internal long Now { get; private set; }

    internal long Events { get; private set; }

    /// <summary>Faults are injected until then; what follows must settle.</summary>
    internal bool Healed { get; set; }

    internal ulong Trace => _trace;

    internal ReadOnlySpan<long> Faults => _faults;

    internal ReadOnlySpan<long> Branches => _branches;

    internal Action<string>? Log { get; init; }

    internal void At(long at, Action action) => _queue.Add(Math.Max(at, Now), action);

    internal void After(long span, Action action) => _queue.Add(Now + span, action);

    internal void RunUntil(long end)
    {
        while (_queue.Count > 0)
        {
            var action = _queue.Take(out var at);
            if (at > end)
            {
                _queue.Add(at, action);
                break;
            }
            Now = at;
            Events++;
            action();
        }
        Now = end;
    }

    internal void Count(Fault fault) => _faults[(int)fault]++;

    internal void Hit(Branch branch) => _branches[(int)branch]++;

    /// <summary>Mixes what happened into the run's hash: two runs of one seed must agree on every step.</summary>
    internal void Mix(long what)
    {
        unchecked
        {
            _trace = ((_trace ^ (ulong)what) * 1099511628211 ^ (ulong)Now) * 1099511628211;
        }
    }

    internal void Say(string text) => Log?.Invoke($"{TimeSpan.FromTicks(Now):hh\\:mm\\:ss\\.ffff} {text}");
}
