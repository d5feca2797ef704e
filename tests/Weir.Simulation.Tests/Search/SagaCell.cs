using System.Runtime.InteropServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>The stream's saga.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct SagaCell(bool Any, byte State, byte Source, byte SourceEpoch, byte Target, byte TargetEpoch, byte Asked);
