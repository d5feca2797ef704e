using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>A process: its own clock, its own pauses, its links, and one connection to the broker.</summary>
internal abstract class SimProcess(World world, string name)
{
    private const long AmqpHeartbeatsMissed = 10 * Span.Second;

    private readonly List<Action> _held = [];
    private long _clockBase;
    private long _clockSince;
    private int _pauses;

    internal string Name { get; } = name;

    internal bool Alive { get; private set; }

    internal bool Paused { get; private set; }

    internal bool Connected { get; private set; }

    /// <summary>Counts connections: what was sent to a queue of an earlier one is gone with it.</summary>
    internal int Connection { get; private set; }

    internal int Life { get; private set; }

    internal int Rate { get; private set; } = 1000;

    internal bool CutOut { get; private set; }

    internal bool CutIn { get; private set; }

    internal bool CutDatabase { get; set; }

    /// <summary>The process's monotonic clock, which runs through pauses: origin and rate are its own.</summary>
    internal TimeSpan Clock => TimeSpan.FromTicks(_clockBase + (World.Now - _clockSince) * Rate / 1000);

    protected World World { get; } = world;

    internal void Start()
    {
        Alive = true;
        Life++;
        _clockBase = World.Rng.Between(Span.Second, 1000 * Span.Second);
        _clockSince = World.Now;
        Rate = (int)World.Rng.Between(World.Shape.RateFrom, World.Shape.RateTo);
        if (Rate != 1000)
            World.Count(Fault.WorkerClockRate);
        TryConnect(Life);
        OnStart();
    }

    internal void Crash()
    {
        if (!Alive)
            return;
        World.Say($"{Name} dies");
        Alive = false;
        Paused = false;
        _held.Clear();
        Disconnect();
        OnCrash();
    }

    internal void Pause(long span)
    {
        if (!Alive || Paused)
            return;
        World.Say($"{Name} pauses for {TimeSpan.FromTicks(span).TotalSeconds:0.0} s");
        Paused = true;
        var (pause, life) = (++_pauses, Life);
        World.After(AmqpHeartbeatsMissed, () =>
        {
            if (Paused && _pauses == pause && Life == life)
                Disconnect();
        });
        World.After(span, () =>
        {
            if (Paused && _pauses == pause && Life == life)
                Resume();
        });
    }

    internal void Resume()
    {
        if (!Paused)
            return;
        World.Say($"{Name} goes on");
        Paused = false;
        OnResume();
        var held = _held.ToArray();
        _held.Clear();
        foreach (var action in held)
            Receive(action);
    }

    internal void Cut(bool output, bool input)
    {
        CutOut = output;
        CutIn = input;
        if (!output && !input)
            return;
        var life = Life;
        World.After(AmqpHeartbeatsMissed, () =>
        {
            if (Life == life && (CutOut || CutIn))
                Disconnect();
        });
    }

    internal void Disconnect()
    {
        if (!Connected)
            return;
        Connected = false;
        World.Broker.QueuesGone(this);
        Reconnect(Life);
    }

    /// <summary>A timer of this process: it counts its own clock, waits out pauses and dies with the process.</summary>
    internal void After(TimeSpan local, Action action)
    {
        var life = Life;
        World.After(Math.Max(0, local.Ticks * 1000 / Rate), () =>
        {
            if (Life == life)
                Receive(action);
        });
    }

    /// <summary>Runs now, or when the pause ends, or never.</summary>
    internal void Receive(Action action)
    {
        if (!Alive)
            return;
        if (Paused)
            _held.Add(action);
        else
            action();
    }

    protected abstract void OnStart();

    protected virtual void OnCrash()
    {
    }

    protected virtual void OnResume()
    {
    }

    private void Reconnect(int life) => World.After(World.Rng.Between(300 * Span.Ms, 1200 * Span.Ms), () => TryConnect(life));

    private void TryConnect(int life)
    {
        if (!Alive || Connected || Life != life)
            return;
        if (Paused || CutOut || CutIn || !World.Broker.IsWell)
        {
            Reconnect(life);
            return;
        }
        Connected = true;
        Connection++;
        World.Broker.QueuesBack(this);
    }
}
