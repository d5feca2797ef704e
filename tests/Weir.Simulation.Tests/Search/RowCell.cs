using System.Runtime.InteropServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>The stream's row.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct RowCell(byte Epoch, byte State, byte Incarnation, bool Migrating, byte Asked);
