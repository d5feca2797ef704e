using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Core.Worker;

namespace Weir.Simulation.Tests.Search;

/// <summary>
/// Every interleaving of two workers, two orchestrators and one stream, breadth first. Time is left out: a lease may lapse at any
/// moment, silence may fence at any moment, and a fenced lease is quiet for a whole lease only after its worker's own count has ended.
/// </summary>
internal sealed class SmallScope(StreamClass streamClass, int messagesMax, int statesMax)
{
    private const int CounterMax = 9;
    private const int RegistrationsMax = 2;

    private readonly HashSet<ulong> _seen = [];
    private readonly Queue<SearchState> _open = new();

    internal int States => _seen.Count;

    internal long Transitions { get; private set; }

    internal bool IsExhausted => _open.Count == 0;

    internal string? Violation { get; private set; }

    internal SmallScope Search()
    {
        Reach(SearchState.First());
        try
        {
            while (_open.Count > 0 && _seen.Count < statesMax)
                Expand(_open.Dequeue());
        }
        catch (Exception found) when (found is Weir.Core.Invariants.InvariantViolatedException or Checks.SafetyViolationException)
        {
            Violation = found.Message;
        }
        return this;
    }

    private void Expand(in SearchState state)
    {
        for (var i = 0; i < MessageCells.Length; i++)
            if (state.Messages[i].Kind != MessageKind.None)
                Deliver(state, i);
        for (byte worker = 0; worker < 2; worker++)
        {
            HandlerMoves(state, worker);
            LeaseMoves(state, worker);
        }
        for (var orchestrator = 0; orchestrator < 2; orchestrator++)
            Plan(state, orchestrator);
        Upkeep(state);
    }

    // It arrives and is gone, arrives and stays (a copy is still on its way), or is lost.
    private void Deliver(in SearchState state, int i)
    {
        var message = state.Messages[i];
        var gone = state;
        gone.Messages[i] = default;
        Sort(ref gone);
        Reach(gone);
        Arrive(gone, message);
        if (state.Sent < messagesMax)
            Arrive(state with { Sent = (byte)(state.Sent + 1) }, message);
    }

    private void Arrive(SearchState next, in MessageCell message)
    {
        switch (message.Kind)
        {
            case MessageKind.Start or MessageKind.Release:
                Command(next, message);
                break;
            case MessageKind.Register:
                Register(next, message);
                break;
            case MessageKind.Registered:
                Registered(next, message);
                break;
            default:
                Answer(next, message);
                break;
        }
    }

    private void Command(SearchState next, in MessageCell message)
    {
        var cell = next.Workers[message.Worker];
        if (cell.Incarnation != message.Incarnation || cell.Registering)
            return;
        var gate = next.Gate(message.Worker);
        var step = message.Kind == MessageKind.Start
            ? gate.Start(new Epoch(message.Epoch), new Incarnation(cell.Incarnation), !cell.Lapsed)
            : gate.Release(new Epoch(message.Epoch));
        Take(next, message.Worker, step, message.Incarnation);
    }

    private void Take(SearchState next, byte worker, in GateStep step, byte incarnation)
    {
        next.Write(worker, step.Next);
        if (step.Answer != AnswerKind.None && step.Answer != AnswerKind.Started)
            Checks.GodView.Check(
                step.Next.Handler == HandlerState.None || step.Next.RunsAt > step.Epoch,
                "S6", $"worker {worker} says {step.Answer} of {step.Epoch} while its handler runs at {step.Next.RunsAt}");
        var kind = step.Answer switch
        {
            AnswerKind.Started => MessageKind.Started,
            AnswerKind.Released => MessageKind.Released,
            AnswerKind.Refused => MessageKind.Refused,
            AnswerKind.Failed => MessageKind.Failed,
            _ => MessageKind.None,
        };
        Send(ref next, new MessageCell(kind, worker, incarnation, (byte)step.Epoch.Value));
        Reach(next);
    }

    private void HandlerMoves(in SearchState state, byte worker)
    {
        var gate = state.Gate(worker);
        if (gate.Handler == HandlerState.None)
            return;
        var covers = (byte)gate.CoveredBy.Value;
        if (gate.Handler == HandlerState.Claiming)
            Take(state, worker, gate.Claimed(gate.RunsAt), covers);
        var valid = !state.Workers[worker].Lapsed && !state.Workers[worker].Registering;
        Take(state, worker, gate.Ended(valid, byItself: gate.Handler != HandlerState.Stopping), covers);
        if (!state.Acts(worker))
            Take(state, worker, gate.Cancel(), covers);
    }

    private void LeaseMoves(in SearchState state, byte worker)
    {
        var cell = state.Workers[worker];
        var next = state;
        if (!cell.Lapsed)
        {
            next.Workers[worker] = cell with { Lapsed = true };
            Reach(next);
        }
        else if (!cell.EarlierLapsed && cell.CoveredBy != cell.Incarnation && cell.CoveredBy != 0)
        {
            next.Workers[worker] = cell with { EarlierLapsed = true };
            Reach(next);
        }
        if (state.Registrations < RegistrationsMax && !cell.Registering)
            AskToRegister(state, worker);
        for (var i = 0; i < LeaseCells.Length; i++)
            if (state.Leases[i] is { Incarnation: > 0 } lease && lease.Worker == worker)
                Silence(state, i);
    }

    private void AskToRegister(in SearchState state, byte worker)
    {
        var next = state;
        var cell = state.Workers[worker];
        next.Workers[worker] = cell with { Registering = true };
        next.Registrations++;
        var stopping = cell.Handler == (byte)HandlerState.Stopping || !state.Acts(worker);
        Send(ref next, new MessageCell(MessageKind.Register, worker, stopping ? (byte)1 : (byte)0, cell.RunsAt));
        Reach(next);
    }

    // Silence fences at any moment; a whole lease of it has passed only when the worker's own count is over.
    private void Silence(in SearchState state, int i)
    {
        var next = state;
        var lease = state.Leases[i];
        var cell = state.Workers[lease.Worker];
        var lapsed = lease.Incarnation == cell.Incarnation ? cell.Lapsed : cell.EarlierLapsed || cell.CoveredBy != lease.Incarnation;
        if (lease is { Fenced: true, Quiet: false } && lapsed)
            next.Leases[i] = lease with { Quiet = true };
        else if (!lease.Fenced)
            next.Leases[i] = lease with { Fenced = true };
        else
            return;
        Reach(next);
    }

    private void Register(SearchState next, in MessageCell message)
    {
        var free = next.LeaseIndex(0);
        if (free < 0 || next.Counter >= CounterMax)
            return;
        for (var i = 0; i < LeaseCells.Length; i++)
            if (next.Leases[i].Incarnation > 0 && next.Leases[i].Worker == message.Worker)
                next.Leases[i] = next.Leases[i] with { Fenced = true };
        next.Counter++;
        next.Leases[free] = new LeaseCell
        {
            Worker = message.Worker,
            Incarnation = next.Counter,
            Held = message.Epoch,
            HeldStopping = message.Incarnation == 1,
        };
        Send(ref next, new MessageCell(MessageKind.Registered, message.Worker, next.Counter, 0));
        Reach(next);
    }

    private void Registered(SearchState next, in MessageCell message)
    {
        var cell = next.Workers[message.Worker];
        if (!cell.Registering || message.Incarnation <= cell.Incarnation)
            return;
        next.Workers[message.Worker] = cell with
        {
            Incarnation = message.Incarnation,
            Registering = false,
            Lapsed = false,
            EarlierLapsed = cell.CoveredBy == cell.Incarnation ? cell.Lapsed : cell.EarlierLapsed || cell.CoveredBy == 0,
        };
        Reach(next);
    }

    private void Plan(in SearchState state, int orchestrator)
    {
        var plan = state.Plans[orchestrator];
        var next = state;
        if (plan.Any)
        {
            next.Plans[orchestrator] = default;
            Reach(next);
            Apply(next, plan);
            return;
        }
        for (byte worker = 0; worker < 2; worker++)
        {
            next = state;
            var target = state.Newest(worker);
            var moves = state.Row.State == (byte)AssignmentState.Owned;
            if (state.Counter >= CounterMax || (moves && target == state.Row.Incarnation))
                continue;
            next.Plans[orchestrator] = new PlanCell(true, moves, state.Row.Epoch, state.Row.State, target, state.Version);
            Reach(next);
            if (moves)
            {
                next.Plans[orchestrator] = next.Plans[orchestrator] with { Moves = false };
                Reach(next);
            }
        }
    }

    private void Apply(SearchState next, in PlanCell plan)
    {
        if (!new PoolVersion(default, next.Version).TryAdvance(new PoolVersion(default, plan.Version), out var version) || next.Counter >= CounterMax)
            return;
        next.Version = (byte)version.Value;
        var row = next.ToRow(streamClass);
        var proposal = new GrantProposal(SearchState.Stream, new Epoch(plan.SeenEpoch), (AssignmentState)plan.SeenState, new Incarnation(plan.Target));
        if (plan.Moves)
        {
            if (next.Saga.Any || !Migrations.TryBegin(row, proposal, TimeSpan.Zero, out var step))
                return;
            next.Write(step.Saga);
            Grant(next, row, step.Row, step.Command);
        }
        else if (Grants.Place(row, next.Lease(next.Row.Incarnation), proposal, next.Lease(plan.Target), next.Draw(), out var granted) == GrantOutcome.Granted)
        {
            Grant(next, row, granted, StreamCommand.Start(granted));
        }
    }

    private void Upkeep(in SearchState state)
    {
        if (state.Counter >= CounterMax)
            return;
        if (state.Saga.Any)
        {
            Step(state, default(MigrationEvent) with { Kind = MigrationEventKind.LookAgain });
        }
        else
        {
            var next = state;
            var row = state.ToRow(streamClass);
            var command = Asking.Again(row, state.Lease(state.Row.Incarnation), TimeSpan.Zero, out var asked);
            Grant(next, row, asked, command);
        }
        if (state.Row.State != (byte)AssignmentState.Unowned && state.Row.Incarnation != 0)
            Regrant(state);
    }

    private void Regrant(in SearchState state)
    {
        var next = state;
        var newest = state.Newest(state.WorkerOf(state.Row.Incarnation));
        if (state.Lease(newest) is not { } lease)
            return;
        var row = state.ToRow(streamClass);
        var command = Regrants.Decide(row, state.Lease(state.Row.Incarnation), lease, state.Held(newest), next.Draw(), out var regranted);
        if (regranted != row)
            Grant(next, row, regranted, command);
    }

    private void Answer(SearchState next, in MessageCell message)
    {
        var kind = message.Kind switch
        {
            MessageKind.Started => AnswerKind.Started,
            MessageKind.Released => AnswerKind.Released,
            MessageKind.Refused => AnswerKind.Refused,
            _ => AnswerKind.Failed,
        };
        if (next.Saga.Any)
        {
            if (next.Counter < CounterMax)
                Step(next, new MigrationEvent(
                    kind == AnswerKind.Started ? MigrationEventKind.Started : MigrationEventKind.Stopped, new Incarnation(message.Incarnation), new Epoch(message.Epoch)));
            return;
        }
        var row = next.ToRow(streamClass);
        var answer = new StreamAnswer(kind, new Incarnation(message.Incarnation), SearchState.Stream, new Epoch(message.Epoch));
        if (Answers.TryTake(row, answer, TimeSpan.Zero, out var taken))
            Grant(next, row, taken, default);
    }

    private void Step(SearchState next, in MigrationEvent happened)
    {
        var row = next.ToRow(streamClass);
        var drawn = next;
        var view = new MigrationView(row, next.Lease(next.Saga.Source), next.Lease(next.Saga.Target), TargetTakesStreams: true, drawn.Draw());
        var step = Migrations.Decide(next.ToSaga(), happened, view);
        if (step.Row.Epoch == view.Context.Drawn)
            next.Counter = drawn.Counter;
        next.Write(step.Saga);
        Grant(next, row, step.Row, step.Command);
    }

    // S1 and S6 at the moment of the grant: whoever else could act on an Unfenced stream must not be able to any more.
    private void Grant(SearchState next, in AssignmentRow before, in AssignmentRow after, in StreamCommand command)
    {
        next.Write(after);
        if (after.Epoch != before.Epoch && streamClass == StreamClass.Unfenced)
        {
            var other = 1 - next.WorkerOf(next.Row.Incarnation);
            Checks.GodView.Check(!next.Acts(other), "S1", $"epoch {after.Epoch} is granted to worker {1 - other} while worker {other} acts at {next.Workers[other].RunsAt}");
        }
        Checks.GodView.Check(after.Epoch >= before.Epoch, "S2", $"the stream goes from epoch {before.Epoch} to {after.Epoch}");
        if (command.Kind != CommandKind.None)
        {
            var incarnation = (byte)command.Incarnation.Value;
            Send(ref next, new MessageCell(
                command.Kind == CommandKind.Start ? MessageKind.Start : MessageKind.Release, (byte)next.WorkerOf(incarnation), incarnation, (byte)command.Epoch.Value));
        }
        Reach(next);
    }

    // A message beyond the bound is lost: what follows from a loss is searched all the same.
    private void Send(ref SearchState next, in MessageCell message)
    {
        var free = MessageCells.Length - 1;
        if (message.Kind == MessageKind.None || next.Sent >= messagesMax || next.Messages[free].Kind != MessageKind.None)
            return;
        next.Sent++;
        next.Messages[free] = message;
        Sort(ref next);
    }

    // The order of sending does not matter: any of them may arrive next.
    private static void Sort(ref SearchState next) => ((Span<MessageCell>)next.Messages).Sort(static (left, right) => Key(right).CompareTo(Key(left)));

    private static int Key(MessageCell message) => (int)message.Kind << 24 | message.Worker << 16 | message.Incarnation << 8 | message.Epoch;

    private void Reach(in SearchState state)
    {
        Transitions++;
        if (!_seen.Add(state.Hash()))
            return;
        if (streamClass == StreamClass.Unfenced)
            Checks.GodView.Check(!(state.Acts(0) && state.Acts(1)), "S1", $"both workers act, at {state.Workers[0].RunsAt} and {state.Workers[1].RunsAt}");
        _open.Enqueue(state);
    }
}
