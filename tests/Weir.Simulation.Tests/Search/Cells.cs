using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

#pragma warning disable MA0048 // The cells of one state are read together: one file.
namespace Weir.Simulation.Tests.Search;

/// <summary>What can be on its way.</summary>
internal enum MessageKind : byte
{
    None,
    Start,
    Release,
    Started,
    Released,
    Refused,
    Failed,
    Register,
    Registered,
}

/// <summary>One message: whom it concerns, for which life, of which epoch.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct MessageCell(MessageKind Kind, byte Worker, byte Incarnation, byte Epoch);

/// <summary>One lease of the table.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct LeaseCell(byte Worker, byte Incarnation, bool Fenced, bool Quiet, byte Held, bool HeldStopping);

/// <summary>One worker process: its gate, and which leases have lapsed on its own clock.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct WorkerCell(
    byte Incarnation, bool Lapsed, bool Registering, byte Told, byte Handler, byte RunsAt, byte CoveredBy, bool EarlierLapsed, byte Waiting, byte WaitingFor, bool ReleaseAsked);

/// <summary>What an orchestrator read and means to apply: a placement or a move.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct PlanCell(bool Any, bool Moves, byte SeenEpoch, byte SeenState, byte Target, byte Version);

/// <summary>The stream's row.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct RowCell(byte Epoch, byte State, byte Incarnation, bool Migrating, byte Asked);

/// <summary>The stream's saga.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct SagaCell(bool Any, byte State, byte Source, byte SourceEpoch, byte Target, byte TargetEpoch, byte Asked);

/// <summary>At most so many leases.</summary>
[InlineArray(Length)]
internal struct LeaseCells
{
    internal const int Length = 4;
    private LeaseCell _first;
}

/// <summary>Two workers.</summary>
[InlineArray(2)]
internal struct WorkerCells
{
    private WorkerCell _first;
}

/// <summary>Two orchestrators.</summary>
[InlineArray(2)]
internal struct PlanCells
{
    private PlanCell _first;
}

/// <summary>At most so many messages on their way.</summary>
[InlineArray(Length)]
internal struct MessageCells
{
    internal const int Length = 5;
    private MessageCell _first;
}
