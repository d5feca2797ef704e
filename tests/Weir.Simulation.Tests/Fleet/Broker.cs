using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>
/// The broker: durable queues of services with competing consumers, exclusive queues of worker processes that vanish with their
/// connection, and the event exchange that tells of it. It may be killed or hang.
/// </summary>
internal sealed class Broker(World world)
{
    private const long Unacknowledged = 10 * Span.Second;
    private const long BeatTtl = 8 * Span.Second;

    internal bool Up { get; private set; } = true;

    internal long HungUntil { get; private set; }

    internal bool IsWell => Up && world.Now >= HungUntil;

    /// <summary>Publishes to a service. False when the publisher knows that it did not arrive: no connection, or no confirm.</summary>
    internal bool ToService(SimProcess from, Service service, Action<SimProcess> deliver, int code)
    {
        if (!Accepts(from))
            return false;
        foreach (var delay in Copies())
        {
            var sent = world.Now;
            world.After(delay, () => DeliverToService(service, deliver, code, sent));
        }
        return true;
    }

    /// <summary>Publishes to a worker process's queue: returned when there is none.</summary>
    internal bool ToWorker(SimProcess from, string process, Action<WorkerProcess> deliver, int code)
    {
        if (!Accepts(from))
            return false;
        if (world.Fleet.Process(process) is not { Connected: true } worker)
        {
            world.Hit(Branch.CommandReturned);
            return true;
        }
        var connection = worker.Connection;
        foreach (var delay in Copies())
            world.After(delay, () => DeliverToWorker(worker, connection, deliver, code));
        return true;
    }

    /// <summary>A canary's echo goes back to its sender's own queue.</summary>
    internal void ToReplica(SimProcess from, SimProcess to, Action deliver)
    {
        if (Accepts(from))
            world.After(Delay(), () => Hold(() =>
            {
                if (to.Connected && !to.CutIn)
                    to.Receive(deliver);
            }));
    }

    internal void Kill(long span)
    {
        Up = false;
        world.Say("the broker dies");
        foreach (var process in world.Fleet.All())
            process.Disconnect();
        world.After(span, () =>
        {
            Up = true;
            world.Say("the broker is back");
        });
    }

    internal void Hang(long span)
    {
        world.Say($"the broker hangs for {TimeSpan.FromTicks(span).TotalSeconds:0.0} s");
        HungUntil = Math.Max(HungUntil, world.Now + span);
    }

    internal void Heal()
    {
        Up = true;
        HungUntil = Math.Min(HungUntil, world.Now);
    }

    internal void QueuesGone(SimProcess of) => Tell(of, registry => registry.OnQueuesGone(of.Name));

    internal void QueuesBack(SimProcess of) => Tell(of, registry => registry.OnQueuesBack(of.Name));

    private void Tell(SimProcess of, Action<RegistryReplica> what)
    {
        if (!world.Shape.TellsOfQueues)
            return;
        if (of is not WorkerProcess || !Up)
            return;
        foreach (var registry in world.Fleet.Registries)
            world.After(world.Rng.Between(5 * Span.Ms, 40 * Span.Ms), () => Hold(() =>
            {
                if (registry.Connected && !registry.CutIn)
                    registry.Receive(() => what(registry));
            }));
    }

    private bool Accepts(SimProcess from) => Up && from is { Connected: true, CutOut: false, CutIn: false };

    // The copies of one message by their delays: none when it is lost, two when it is doubled.
    private ReadOnlySpan<long> Copies()
    {
        if (Roll(world.Shape.LossPerMillion, Fault.MessageLost))
            return [];
        return Roll(world.Shape.TwicePerMillion, Fault.MessageTwice) ? new[] { Delay(), Delay() } : new[] { Delay() };
    }

    private long Delay()
    {
        if (Roll(world.Shape.VeryLatePerMillion, Fault.MessageVeryLate))
            return world.Rng.Between(2 * Span.Second, 32 * Span.Second);
        if (Roll(world.Shape.LatePerMillion, Fault.MessageLate))
            return world.Rng.Between(10 * Span.Ms, 1500 * Span.Ms);
        return world.Rng.Between(Span.Ms / 2, 4 * Span.Ms);
    }

    private bool Roll(int perMillion, Fault fault)
    {
        if (world.Healed || !world.Rng.Happens(perMillion))
            return false;
        world.Count(fault);
        return true;
    }

    private void Hold(Action deliver)
    {
        if (world.Now < HungUntil)
            world.At(HungUntil + world.Rng.Between(0, 50 * Span.Ms), () => Hold(deliver));
        else
            deliver();
    }

    private void DeliverToService(Service service, Action<SimProcess> deliver, int code, long sent)
    {
        if (world.Now < HungUntil)
        {
            world.At(HungUntil + world.Rng.Between(0, 50 * Span.Ms), () => DeliverToService(service, deliver, code, sent));
            return;
        }
        var beats = service == Service.RegistryBeats;
        if (beats && (!Up || world.Now - sent > BeatTtl))
            return;
        if (!Up || world.Fleet.Consumer(service) is not { } consumer)
        {
            world.After(500 * Span.Ms, () => DeliverToService(service, deliver, code, sent));
            return;
        }

        world.Mix(code);
        if (!consumer.CutIn)
            consumer.Receive(() => deliver(consumer));
        if (!beats && (consumer.CutIn || consumer.Paused))
            Redeliver(consumer, service, deliver, code, sent);
    }

    // A consumer that does not answer loses its connection in the end, and what it had not acknowledged goes to another.
    private void Redeliver(SimProcess consumer, Service service, Action<SimProcess> deliver, int code, long sent)
    {
        var connection = consumer.Connection;
        world.After(Unacknowledged, () =>
        {
            if (consumer.Connection != connection || !consumer.Connected || consumer.CutIn)
                DeliverToService(service, deliver, code, sent);
        });
    }

    private void DeliverToWorker(WorkerProcess worker, int connection, Action<WorkerProcess> deliver, int code) => Hold(() =>
    {
        if (!worker.Connected || worker.Connection != connection || worker.CutIn)
            return;
        world.Mix(code);
        worker.Receive(() => deliver(worker));
    });
}
