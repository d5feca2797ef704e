using System.Runtime.InteropServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>What an orchestrator read and means to apply: a placement or a move.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct PlanCell(bool Any, bool Moves, byte SeenEpoch, byte SeenState, byte Target, byte Version);
