using System.Runtime.InteropServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>One worker process: its gate, and which leases have lapsed on its own clock.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct WorkerCell(
    byte Incarnation, bool Lapsed, bool Registering, byte Told, byte Handler, byte RunsAt, byte CoveredBy, bool EarlierLapsed, byte Waiting, byte WaitingFor, bool ReleaseAsked);
