using System.Runtime.InteropServices;
using Weir.Core.Assignments;
using Weir.Core.Consistency;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Core.Worker;

namespace Weir.Simulation.Tests.Search;

/// <summary>The whole little world in a hundred bytes: copied by value, hashed as bytes, turned into the core's rows to decide.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SearchState
{
    private static readonly WorkerId[] Ids = [WorkerId.Parse("a"), WorkerId.Parse("b")];
    private static readonly string[] Processes = ["pa", "pb"];

    internal byte Counter;
    internal byte Version;
    internal byte Sent;
    internal byte Registrations;
    internal RowCell Row;
    internal SagaCell Saga;
    internal LeaseCells Leases;
    internal WorkerCells Workers;
    internal PlanCells Plans;
    internal MessageCells Messages;

    internal static StreamId Stream { get; } = StreamId.Parse("s");

    internal static SearchState First()
    {
        var state = new SearchState { Counter = 2 };
        for (byte worker = 0; worker < 2; worker++)
        {
            state.Leases[worker] = new LeaseCell { Worker = worker, Incarnation = (byte)(worker + 1) };
            state.Workers[worker] = new WorkerCell { Incarnation = (byte)(worker + 1) };
        }
        return state;
    }

    internal readonly ulong Hash()
    {
        var copy = this;
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref copy, 1));
        unchecked
        {
            var hash = 0x9E3779B97F4A7C15UL;
            for (; bytes.Length >= 8; bytes = bytes[8..])
                hash = Scramble(hash ^ MemoryMarshal.Read<ulong>(bytes));
            foreach (var last in bytes)
                hash = Scramble(hash ^ last);
            return hash;
        }
    }

    internal readonly AssignmentRow ToRow(StreamClass streamClass) => new(Stream)
    {
        Epoch = new Epoch(Row.Epoch),
        State = (AssignmentState)Row.State,
        Incarnation = new Incarnation(Row.Incarnation),
        Worker = Row.Incarnation == 0 ? default : Ids[WorkerOf(Row.Incarnation)],
        Migrating = Row.Migrating,
        Asked = Row.Asked,
        Class = streamClass,
    };

    internal void Write(in AssignmentRow row) =>
        Row = new RowCell((byte)row.Epoch.Value, (byte)row.State, (byte)row.Incarnation.Value, row.Migrating, (byte)Math.Min(row.Asked, Asking.StartsMax));

    internal readonly MigrationRow ToSaga() =>
        new(Stream, new Incarnation(Saga.Source), new Epoch(Saga.SourceEpoch), new Incarnation(Saga.Target))
        {
            State = (MigrationState)Saga.State,
            TargetEpoch = new Epoch(Saga.TargetEpoch),
            Asked = Saga.Asked,
        };

    internal void Write(in MigrationRow saga) => Saga = saga.IsOver
        ? default
        : new SagaCell(
            true, (byte)saga.State, (byte)saga.Source.Value, (byte)saga.SourceEpoch.Value, (byte)saga.Target.Value, (byte)saga.TargetEpoch.Value,
            (byte)Math.Min(saga.Asked, Asking.StartsMax));

    internal readonly LeaseRow? Lease(byte incarnation)
    {
        foreach (ref readonly var cell in (ReadOnlySpan<LeaseCell>)Leases)
            if (incarnation != 0 && cell.Incarnation == incarnation)
                return new LeaseRow(Ids[cell.Worker], new Incarnation(incarnation), Processes[cell.Worker])
                {
                    State = cell.Fenced ? LeaseState.Fenced : LeaseState.Live,
                    Quiet = cell.Quiet ? LeaseTimes.Fast.Ttl : TimeSpan.Zero,
                };
        return null;
    }

    internal readonly int LeaseIndex(byte incarnation)
    {
        for (var i = 0; i < LeaseCells.Length; i++)
            if (Leases[i].Incarnation == incarnation)
                return i;
        return -1;
    }

    internal readonly byte Newest(int worker)
    {
        byte newest = 0;
        foreach (ref readonly var cell in (ReadOnlySpan<LeaseCell>)Leases)
            if (cell.Worker == worker && cell.Incarnation > newest)
                newest = cell.Incarnation;
        return newest;
    }

    internal readonly Holding? Held(byte incarnation) =>
        LeaseIndex(incarnation) is >= 0 and var i && Leases[i].Held > 0 ? new Holding(Stream, new Epoch(Leases[i].Held), Leases[i].HeldStopping) : null;

    internal readonly int WorkerOf(byte incarnation) => LeaseIndex(incarnation) is >= 0 and var i ? Leases[i].Worker : 0;

    internal readonly StreamGate Gate(int worker)
    {
        var cell = Workers[worker];
        return new StreamGate(new Epoch(cell.Told))
        {
            Handler = (HandlerState)cell.Handler,
            RunsAt = new Epoch(cell.RunsAt),
            CoveredBy = new Incarnation(cell.CoveredBy),
            Waiting = new Epoch(cell.Waiting),
            WaitingFor = new Incarnation(cell.WaitingFor),
            ReleaseAsked = cell.ReleaseAsked,
        };
    }

    internal void Write(int worker, in StreamGate gate) => Workers[worker] = Workers[worker] with
    {
        Told = (byte)gate.Told.Value,
        Handler = (byte)gate.Handler,
        RunsAt = gate.Handler == HandlerState.None ? (byte)0 : (byte)gate.RunsAt.Value,
        CoveredBy = gate.Handler == HandlerState.None ? (byte)0 : (byte)gate.CoveredBy.Value,
        Waiting = (byte)gate.Waiting.Value,
        WaitingFor = gate.Waiting == Epoch.None ? (byte)0 : (byte)gate.WaitingFor.Value,
        ReleaseAsked = gate.ReleaseAsked,
    };

    /// <summary>Whether the worker's SDK would let a write through: a handler there is, and the lease that covers it has not lapsed.</summary>
    internal readonly bool Acts(int worker)
    {
        var cell = Workers[worker];
        return cell.Handler != (byte)HandlerState.None && (cell.CoveredBy == cell.Incarnation ? !cell.Lapsed : !cell.EarlierLapsed);
    }

    internal GrantContext Draw() =>
        new(EraRow.First(default, default), LeaseTimes.Fast, new Epoch(++Counter), TimeSpan.Zero);

    private static ulong Scramble(ulong z)
    {
        unchecked
        {
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return z ^ z >> 31;
        }
    }
}
