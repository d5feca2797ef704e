namespace Weir.Testing.Traits;

/// <summary>Category <c>load</c>: a test that puts a stated load on something and reports figures.</summary>
public sealed class LoadAttribute() : CategoryAttribute("load");
