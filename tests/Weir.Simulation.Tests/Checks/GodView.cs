using Weir.Core.Assignments;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Registration;
using Weir.Core.Sagas;
using Weir.Simulation.Tests.Engine;
using Weir.Simulation.Tests.Fleet;

namespace Weir.Simulation.Tests.Checks;

/// <summary>
/// Sees everything at once and judges each event by its own bookkeeping: it reads rows and asks processes whether they would write
/// now, and calls none of the core's decisions.
/// </summary>
internal sealed class GodView(World world)
{
    private readonly long[] _epochEver = new long[world.Streams.Count];
    private readonly long[] _epochAccepted = new long[world.Streams.Count];
    private readonly bool[] _saga = new bool[world.Streams.Count];
    private readonly HashSet<(int Stream, long Epoch)> _stopSaid = [];
    private readonly HashSet<(int Stream, long Epoch, long Incarnation)> _granted = [];
    private readonly Dictionary<long, string> _processOf = [];
    private readonly Dictionary<long, string> _workerOf = [];
    private readonly HashSet<string> _lostTheName = [];
    internal long Grants { get; private set; }

    internal long Moves { get; private set; }

    /// <summary>How many leases were fenced, for whatever reason.</summary>
    internal long Fences { get; private set; }

    /// <summary>How often the database became another.</summary>
    internal int Histories { get; private set; }

    internal long LastGrantAt { get; private set; }

    /// <summary>S1: a handler begins, or is raised: nobody else may act on an Unfenced stream at this instant.</summary>
    internal void OnActs(WorkerProcess process, int stream)
    {
        world.Mix(process.Slot.Index * 1000 + stream);
        var gate = process.Handlers.Gate(stream);
        Check(
            _granted.Contains((stream, gate.RunsAt.Value, gate.CoveredBy.Value)),
            "S1", $"{process.Name} runs s{stream} at {gate.RunsAt} under {gate.CoveredBy}, which was never granted");
        if (world.Streams.Classes[stream] == StreamClass.Unfenced && process.Acts(stream))
            foreach (var slot in world.Fleet.Slots)
            {
                CheckAlone(process, slot.Process, stream);
                CheckAlone(process, slot.Other, stream);
            }
    }

    internal void OnResumed(WorkerProcess process) => CheckAll(process);

    internal void OnRenewed(WorkerProcess process) => CheckAll(process);

    internal void OnAnswer(WorkerProcess process, in StreamAnswer answer)
    {
        var stream = world.Streams.IndexOf(answer.Stream);
        world.Say($"{process.Name} says {answer.Kind} s{stream} {answer.Epoch}");
        if (answer.Kind == AnswerKind.Started)
            return;
        _stopSaid.Add((stream, answer.Epoch.Value));
        Check(
            !RunsAtOrBelow(process, stream, answer.Epoch),
            "S6", $"{process.Name} says {answer.Kind} of s{stream} at {answer.Epoch} while its handler runs");
    }

    /// <summary>S6: a command names a grant that was committed, by the time it is committed itself.</summary>
    internal void OnCommand(in StreamCommand command)
    {
        var stream = world.Streams.IndexOf(command.Stream);
        if (command.Kind == CommandKind.Start)
            Check(_granted.Contains((stream, command.Epoch.Value, command.Incarnation.Value)), "S6", $"s{stream} is started at {command.Epoch}, which was never granted");
    }

    internal void OnAssignment(int stream, in AssignmentRow before, in AssignmentRow after, Tables tables)
    {
        world.Mix(after.Epoch.Value ^ (long)after.State);
        CheckShape(stream, before, after);
        if (after.Epoch == before.Epoch)
        {
            Check(after.Incarnation == before.Incarnation, "S8", $"s{stream} goes to {after.Incarnation} under the epoch of {before.Incarnation}");
            if (after.State == AssignmentState.Unowned && before.State != AssignmentState.Unowned)
                CheckMayLose(stream, before, tables);
            return;
        }

        world.Say($"s{stream} {before.State} {before.Epoch} -> {after.State} {after.Epoch} of {after.Worker} {after.Incarnation}");
        Check(after.Epoch.Value > _epochEver[stream], "S2", $"s{stream} gets epoch {after.Epoch}, not above {_epochEver[stream]} that was granted once");
        Check(tables.Leases.TryGetValue(after.Incarnation.Value, out var lease) && lease.State == LeaseState.Live, "S6", $"s{stream} is granted to {after.Incarnation}, which is not Live");
        _epochEver[stream] = after.Epoch.Value;
        _granted.Add((stream, after.Epoch.Value, after.Incarnation.Value));
        LastGrantAt = world.Now;
        Grants++;
        var sameProcess = before.Epoch == Epoch.None || ProcessOf(before.Incarnation) == ProcessOf(after.Incarnation);
        if (!sameProcess)
            CheckMayTake(stream, before, after, tables);
    }

    internal void OnLease(in LeaseRow? before, in LeaseRow after)
    {
        _processOf[after.Incarnation.Value] = after.Process;
        world.Mix(after.Incarnation.Value ^ after.Sequence);
        if (before is not { } row)
        {
            Check(_workerOf.TryAdd(after.Incarnation.Value, after.Process), "S8", $"incarnation {after.Incarnation} is given a second time, to {after.Process}");
            return;
        }
        Check(after.Sequence >= row.Sequence, "S8", $"lease {after.Incarnation} goes back from beat {row.Sequence} to {after.Sequence}");
        if (row.State == LeaseState.Fenced)
        {
            Check(after.State == LeaseState.Fenced, "S9", $"fenced {after.Incarnation} lives again");
            Check(after.Sequence == row.Sequence, "S9", $"fenced {after.Incarnation} is renewed");
            Check(after.Quiet >= row.Quiet, "S8", $"the quiet of fenced {after.Incarnation} shrinks");
        }
        else if (after.State == LeaseState.Fenced)
        {
            Fences++;
            world.Say($"{after.Worker} {after.Incarnation} is fenced");
        }
    }

    internal void OnWorker(in WorkerRow? before, in WorkerRow after)
    {
        if (before is not { } row)
            return;
        Check(after.Newest.Value >= row.Newest.Value, "S8", $"{after.Worker} goes back to incarnation {after.Newest}");
        if (after.Process != row.Process)
        {
            _lostTheName.Add(row.Process);
            Check(!_lostTheName.Contains(after.Process), "S9", $"{after.Worker} goes back to {after.Process}, which had lost the name to a later process");
        }
        Check(after.Process != row.Process || after.Attempt >= row.Attempt, "S8", $"{after.Worker} goes back to attempt {after.Attempt}");
    }

    internal void OnMigration(int stream, in MigrationRow? before, in MigrationRow after)
    {
        world.Mix((long)after.State);
        if (before is null)
        {
            Check(!_saga[stream], "S6", $"s{stream} has two sagas");
            _saga[stream] = true;
            Moves++;
        }
        else
        {
            Check(before.Value.SourceEpoch == after.SourceEpoch, "S6", $"s{stream} has two sagas");
            Check(after.State >= before.Value.State, "S8", $"the saga of s{stream} goes back to {after.State}");
        }
        if (after.IsOver)
            _saga[stream] = false;
    }

    internal void OnPlanApplied(int history, long basedOn, long current, int changes)
    {
        world.Mix(changes);
        Check(history == Histories, "S7", $"a plan made from history {history} takes effect on {Histories}");
        Check(basedOn == current, "S7", $"a plan made from version {basedOn} takes effect on {current}");
    }

    internal void OnEra(in EraRow before, in EraRow after) =>
        Check(after.Began >= before.Began, "S2", $"the era of {before.Began} is followed by that of {after.Began}");

    /// <summary>The tables are another state now; what was granted and accepted in the world stays so.</summary>
    internal void OnRestore(Tables tables)
    {
        Histories++;
        _lostTheName.Clear();
        for (var stream = 0; stream < _saga.Length; stream++)
            _saga[stream] = tables.Sagas[stream] is not null;
        foreach (var (incarnation, lease) in tables.Leases)
            _processOf[incarnation] = lease.Process;
    }

    internal void OnClaim(int stream, Epoch epoch)
    {
        Check(epoch.Value >= _epochAccepted[stream], "S3", $"s{stream} lets {epoch} claim after {_epochAccepted[stream]}");
        _epochAccepted[stream] = epoch.Value;
    }

    internal void OnFencedWrite(int stream, Epoch epoch, long from, long position)
    {
        Check(epoch.Value >= _epochAccepted[stream], "S3", $"s{stream} accepts a write of {epoch} after {_epochAccepted[stream]}");
        _epochAccepted[stream] = epoch.Value;
        Check(from == position, "S5", $"s{stream} at {position} accepts a step from {from}: it takes effect twice, or one was skipped");
    }

    internal static void Check(bool holds, string invariant, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(holds))] ref Text what)
    {
        if (!holds)
            throw new SafetyViolationException(invariant, what.ToString());
    }

    private void CheckAll(WorkerProcess process)
    {
        for (var stream = 0; stream < world.Streams.Count; stream++)
            if (world.Streams.Classes[stream] == StreamClass.Unfenced && process.Acts(stream))
                foreach (var slot in world.Fleet.Slots)
                {
                    CheckAlone(process, slot.Process, stream);
                    CheckAlone(process, slot.Other, stream);
                }
    }

    private static void CheckAlone(WorkerProcess process, WorkerProcess? other, int stream)
    {
        if (other is not null && other != process)
            Check(
                !other.Acts(stream),
                "S1", $"{process.Name} and {other.Name} both believe that they own Unfenced s{stream}, at {process.Handlers.Gate(stream).RunsAt} and {other.Handlers.Gate(stream).RunsAt}");
    }

    private static bool RunsAtOrBelow(WorkerProcess process, int stream, Epoch epoch) =>
        process.Handlers.Gate(stream).Handler != Weir.Core.Worker.HandlerState.None && process.Handlers.Gate(stream).RunsAt <= epoch;

    // S4: exactly one state, and what belongs to it. S11: no fourth failure in ten minutes.
    private static void CheckShape(int stream, in AssignmentRow before, in AssignmentRow after)
    {
        Check(after.Stream == before.Stream, "S4", $"the row of s{stream} becomes that of {after.Stream}");
        Check(after.Epoch.Value >= before.Epoch.Value, "S2", $"s{stream} goes back from {before.Epoch} to {after.Epoch}");
        Check(after.State == AssignmentState.Unowned || after.Incarnation != Incarnation.None, "S4", $"s{stream} is {after.State} of nobody");
        Check(after.Failures <= 3, "S11", $"s{stream} failed {after.Failures} times within ten minutes");
        Check(after.Hold == StreamHold.None || after.State != AssignmentState.Starting || before.State == AssignmentState.Starting, "S4", $"s{stream} is started although {after.Hold}");
    }

    // A row loses its owner only when the owner said so, can no longer act, or vouched by registering without the stream.
    private void CheckMayLose(int stream, in AssignmentRow before, Tables tables) =>
        Check(
            _stopSaid.Contains((stream, before.Epoch.Value)) || IsFenced(before.Incarnation, tables),
            "S6", $"s{stream} is taken from {before.Incarnation}, which neither released {before.Epoch} nor is fenced");

    private void CheckMayTake(int stream, in AssignmentRow before, in AssignmentRow after, Tables tables)
    {
        var owner = before.Incarnation;
        Check(
            before.State == AssignmentState.Unowned || _stopSaid.Contains((stream, before.Epoch.Value)) || IsFenced(owner, tables) || Holds(after, stream),
            "S6", $"s{stream} is granted to {after.Incarnation} while {owner} has not released {before.Epoch} and is not fenced");
        if (after.Class != StreamClass.Unfenced)
            return;
        foreach (var other in world.Fleet.Workers)
            Check(
                other.Name == ProcessOf(after.Incarnation) || !other.Acts(stream),
                "S1", $"Unfenced s{stream} is granted to {after.Incarnation} while {other.Name} still believes that it owns it at {other.Handlers.Gate(stream).RunsAt}");
    }

    private bool Holds(in AssignmentRow after, int stream) =>
        world.Fleet.Process(ProcessOf(after.Incarnation)) is not { } process || process.Handlers.Gate(stream).Told > Epoch.None;

    private static bool IsFenced(Incarnation incarnation, Tables tables) =>
        tables.Leases.TryGetValue(incarnation.Value, out var lease) && lease.State == LeaseState.Fenced;

    private string ProcessOf(Incarnation incarnation) => _processOf.GetValueOrDefault(incarnation.Value) ?? "";

    /// <summary>The text of a failed check: formatted only when it fails.</summary>
    [System.Runtime.CompilerServices.InterpolatedStringHandler]
    internal readonly ref struct Text
    {
        private readonly System.Text.StringBuilder? _text;

        public Text(int literalLength, int formattedCount, bool holds, out bool enabled)
        {
            enabled = !holds;
            _text = enabled ? new System.Text.StringBuilder(literalLength + 8 * formattedCount) : null;
        }

        public void AppendLiteral(string value) => _text!.Append(value);

        public void AppendFormatted<T>(T value) => _text!.Append(value);

        public override string ToString() => _text?.ToString() ?? "";
    }
}
