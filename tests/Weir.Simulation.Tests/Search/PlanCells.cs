using System.Runtime.CompilerServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>Two orchestrators.</summary>
[InlineArray(2)]
internal struct PlanCells
{
    private PlanCell _first;
}
