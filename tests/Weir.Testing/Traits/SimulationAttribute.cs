namespace Weir.Testing.Traits;

/// <summary>Category <c>simulation</c>: a test that runs the fleet under virtual time from a seed.</summary>
public sealed class SimulationAttribute() : CategoryAttribute("simulation");
