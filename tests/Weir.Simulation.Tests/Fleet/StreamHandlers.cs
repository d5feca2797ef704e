using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Identity;
using Weir.Core.Worker;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Mutants;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>The streams of one worker process: a gate each, and the handlers that run, write and end.</summary>
internal sealed class StreamHandlers(World world, WorkerProcess owner)
{
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(3);

    private readonly StreamGate[] _gates = new StreamGate[world.Streams.Count];
    private readonly SimHandler[] _handlers = new SimHandler[world.Streams.Count];

    internal Epoch Highest { get; private set; }

    internal StreamGate Gate(int stream) => _gates[stream];

    internal bool AnyRuns => Array.Exists(_gates, gate => gate.Handler != HandlerState.None);

    internal void OnCommand(in StreamCommand command, Incarnation incarnation, bool leaseIsValid)
    {
        var stream = world.Streams.IndexOf(command.Stream);
        var gate = _gates[stream];
        Highest = command.Epoch > Highest ? command.Epoch : Highest;
        var step = command.Kind == CommandKind.Start ? gate.Start(command.Epoch, incarnation, leaseIsValid) : gate.Release(command.Epoch);
        Mark(command, gate, step, leaseIsValid);
        if (command.Kind == CommandKind.Release && Mutant.Is("released-said-while-handler-runs") && step.Answer == AnswerKind.None)
            owner.Say(new StreamAnswer(AnswerKind.Released, incarnation, command.Stream, command.Epoch));
        Take(stream, step, incarnation);
    }

    /// <summary>Cancels every handler that its lease no longer covers.</summary>
    internal void CancelLapsed()
    {
        for (var stream = 0; stream < _gates.Length; stream++)
            if (_gates[stream].Handler is HandlerState.Claiming or HandlerState.Running && !owner.Covers(stream))
                Take(stream, _gates[stream].Cancel(), _gates[stream].CoveredBy);
    }

    internal void CancelAll()
    {
        for (var stream = 0; stream < _gates.Length; stream++)
            Take(stream, _gates[stream].Cancel(), _gates[stream].CoveredBy);
    }

    /// <summary>Whether a handler that has not ended must end with its process.</summary>
    internal bool AnyMustExit()
    {
        for (var stream = 0; stream < _gates.Length; stream++)
            if (_gates[stream].Handler != HandlerState.None && owner.MustExit(stream))
                return true;
        return false;
    }

    internal List<Holding> List()
    {
        var all = new List<Holding>();
        for (var stream = 0; stream < _gates.Length; stream++)
            if (_gates[stream].Handler != HandlerState.None)
                all.Add(new Holding(world.Streams.Ids[stream], _gates[stream].RunsAt, _gates[stream].Handler == HandlerState.Stopping || !owner.Covers(stream)));
        return all;
    }

    internal ulong Digest()
    {
        var digest = default(HoldingsDigest);
        for (var stream = 0; stream < _gates.Length; stream++)
            if (_gates[stream].Handler == HandlerState.Running)
                digest = digest.Toggle(world.Streams.Ids[stream], _gates[stream].RunsAt);
        return digest.Value;
    }

    internal int Stuck()
    {
        var stuck = 0;
        for (var stream = 0; stream < _gates.Length; stream++)
            if (_gates[stream].Handler == HandlerState.Stopping && owner.Clock - _handlers[stream].StoppingSince > StuckAfter)
                stuck++;
        return stuck;
    }

    /// <summary>Every running handler does a step of its work: it asks its lease, then writes, and the write takes its time.</summary>
    internal void Work()
    {
        for (var stream = 0; stream < _gates.Length; stream++)
        {
            if (_gates[stream].Handler == HandlerState.None)
                continue;
            if (_gates[stream].Handler == HandlerState.Running && Roll(world.Shape.HandlerFailsPerMillion, Fault.HandlerFails))
                End(stream, _handlers[stream].Life, byItself: true);
            else if (!_handlers[stream].Writing && _handlers[stream].WritesAt > Epoch.None && owner.Covers(stream))
                Write(stream);
        }
    }

    private void Take(int stream, in GateStep step, Incarnation incarnation)
    {
        _gates[stream] = step.Next;
        var says = step.Answer == AnswerKind.None ? default : new StreamAnswer(step.Answer, incarnation, world.Streams.Ids[stream], step.Epoch);
        switch (step.Action)
        {
            case GateAction.StartHandler:
                _handlers[stream] = new SimHandler { Life = _handlers[stream].Life + 1 };
                world.God.OnActs(owner, stream);
                Claim(stream, _handlers[stream].Life, step.Next.RunsAt);
                break;
            case GateAction.RaiseHandler:
                world.God.OnActs(owner, stream);
                Claim(stream, _handlers[stream].Life, step.Next.RunsAt);
                break;
            case GateAction.CancelHandler:
                _handlers[stream].StoppingSince = owner.Clock;
                EndLater(stream, _handlers[stream].Life);
                break;
        }
        if (says.Kind != AnswerKind.None)
            owner.Say(says);
        if (Mutant.Is("gate-forgets-after-release") && says.Kind == AnswerKind.Released)
            _gates[stream] = default;
    }

    private void Claim(int stream, int life, Epoch epoch)
    {
        if (Mutant.Is("checkpoint-read-before-claim") && _handlers[stream].WritesAt == Epoch.None)
            _handlers[stream].Position = world.Sink.Peek(stream);
        var late = Roll(5 * world.Shape.WriteLatePerMillion, Fault.ClaimLate);
        world.After(late ? world.Rng.Between(Span.Second, 20 * Span.Second) : world.Rng.Between(Span.Ms, 20 * Span.Ms), () =>
        {
            if (Roll(world.Shape.ClaimLostPerMillion, Fault.ClaimLost))
            {
                owner.After(TimeSpan.FromSeconds(1), () => ClaimAgain(stream, life, epoch));
                return;
            }
            var position = Mutant.Is("no-claim") ? world.Sink.Peek(stream) : world.Sink.Claim(stream, epoch);
            world.After(world.Rng.Between(Span.Ms, 20 * Span.Ms), () => owner.Receive(() => Claimed(stream, life, epoch, position)));
        });
    }

    private void ClaimAgain(int stream, int life, Epoch epoch)
    {
        if (_handlers[stream].Life == life && _gates[stream].Handler == HandlerState.Claiming && _gates[stream].RunsAt == epoch)
            Claim(stream, life, epoch);
    }

    private void Claimed(int stream, int life, Epoch epoch, long? position)
    {
        if (_handlers[stream].Life != life || _gates[stream].RunsAt != epoch)
            return;
        if (position is not { } from)
        {
            End(stream, life, byItself: true);
            return;
        }
        if (!Mutant.Is("checkpoint-read-before-claim") || _handlers[stream].WritesAt != Epoch.None)
            _handlers[stream].Position = from;
        _handlers[stream].WritesAt = epoch;
        Take(stream, _gates[stream].Claimed(epoch), _gates[stream].CoveredBy);
    }

    private void Write(int stream)
    {
        var (life, epoch, from) = (_handlers[stream].Life, _handlers[stream].WritesAt, _handlers[stream].Position);
        _handlers[stream].Writing = true;
        var late = Roll(world.Shape.WriteLatePerMillion, Fault.WriteLate);
        world.After(late ? world.Rng.Between(Span.Second, 20 * Span.Second) : world.Rng.Between(Span.Ms, 10 * Span.Ms), () =>
        {
            var taken = world.Sink.Write(stream, epoch, from);
            owner.Receive(() => Written(stream, life, taken, from));
        });
    }

    private void Written(int stream, int life, bool taken, long from)
    {
        if (_handlers[stream].Life != life)
            return;
        _handlers[stream].Writing = false;
        if (taken)
            _handlers[stream].Position = Math.Max(_handlers[stream].Position, from + 1);
        else if (_handlers[stream].WritesAt == _gates[stream].RunsAt)
            End(stream, life, byItself: true);
    }

    private void EndLater(int stream, int life)
    {
        var ignores = Roll(world.Shape.StuckPerMillion, Fault.HandlerIgnoresCancel);
        var span = ignores ? world.Rng.Between(Span.Second, 30 * Span.Second) : world.Rng.Between(Span.Ms, 40 * Span.Ms);
        owner.After(TimeSpan.FromTicks(span), () => End(stream, life, byItself: false));
    }

    private void End(int stream, int life, bool byItself)
    {
        if (_handlers[stream].Life != life || _gates[stream].Handler == HandlerState.None)
            return;
        var gate = _gates[stream];
        _handlers[stream] = new SimHandler { Life = life + 1 };
        if (gate.Waiting > Epoch.None)
            world.Hit(Branch.GateWaitedForEnd);
        Take(stream, gate.Ended(owner.LeaseIsValid, byItself && gate.Handler != HandlerState.Stopping), gate.CoveredBy);
    }

    private void Mark(in StreamCommand command, in StreamGate gate, in GateStep step, bool leaseIsValid)
    {
        if (command.Kind == CommandKind.Release && command.Epoch < gate.Told)
            world.Hit(Branch.GateLateRelease);
        if (command.Kind != CommandKind.Start)
            return;
        if (command.Epoch <= gate.Told)
            world.Hit(Branch.GateLateStart);
        else if (!leaseIsValid)
            world.Hit(Branch.GateRefusedLeaseInvalid);
        else if (step.Action == GateAction.RaiseHandler)
            world.Hit(Branch.GateRaisedInPlace);
    }

    private bool Roll(int perMillion, Fault fault)
    {
        if (world.Healed || !world.Rng.Happens(perMillion))
            return false;
        world.Count(fault);
        return true;
    }
}
