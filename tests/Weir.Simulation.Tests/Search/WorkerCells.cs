using System.Runtime.CompilerServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>Two workers.</summary>
[InlineArray(2)]
internal struct WorkerCells
{
    private WorkerCell _first;
}
