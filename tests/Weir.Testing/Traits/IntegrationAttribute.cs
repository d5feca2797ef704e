namespace Weir.Testing.Traits;

/// <summary>Category <c>integration</c>: a test that talks to a real broker, database, process or network.</summary>
public sealed class IntegrationAttribute() : CategoryAttribute("integration");
