using System.Runtime.InteropServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>One lease of the table.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct LeaseCell(byte Worker, byte Incarnation, bool Fenced, bool Quiet, byte Held, bool HeldStopping);
