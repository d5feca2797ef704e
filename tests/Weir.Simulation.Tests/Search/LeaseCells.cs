using System.Runtime.CompilerServices;

namespace Weir.Simulation.Tests.Search;

/// <summary>At most so many leases.</summary>
[InlineArray(Length)]
internal struct LeaseCells
{
    internal const int Length = 4;
    private LeaseCell _first;
}
