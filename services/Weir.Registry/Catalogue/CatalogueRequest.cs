namespace Weir.Registry.Catalogue;

/// <summary>A part of a request about the catalogue, whatever it asks for.</summary>
/// <param name="Kind">What it asks for, such as <c>declare</c>.</param>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Pool">Its pool.</param>
/// <param name="Part">1 to <paramref name="Parts"/>.</param>
/// <param name="Parts">How many parts it has.</param>
/// <param name="AnswerTo">The asker's queue; null when nobody waits.</param>
/// <param name="Fault">What is wrong with the part as a whole; null when nothing is.</param>
internal sealed record CatalogueRequest(string Kind, string Key, string Pool, int Part, int Parts, string? AnswerTo, string? Fault)
{
    /// <summary>Under which name parts and answer are kept.</summary>
    internal string Name => $"{Kind}/{Pool}/{Key}";
}
