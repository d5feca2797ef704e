namespace Weir.Testing.Traits;

/// <summary>Category <c>unit</c>: a test that needs no server and no process of its own: logic, properties, harness tests on the in-memory bus.</summary>
public sealed class UnitAttribute() : CategoryAttribute("unit");
