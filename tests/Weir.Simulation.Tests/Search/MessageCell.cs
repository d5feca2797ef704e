using System.Runtime.InteropServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>One message: whom it concerns, for which life, of which epoch.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct MessageCell(MessageKind Kind, byte Worker, byte Incarnation, byte Epoch);
