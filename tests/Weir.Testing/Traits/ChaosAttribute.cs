namespace Weir.Testing.Traits;

/// <summary>Category <c>chaos</c>: a test that breaks real processes while they work.</summary>
public sealed class ChaosAttribute() : CategoryAttribute("chaos");
