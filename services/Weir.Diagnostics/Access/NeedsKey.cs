namespace Weir.Diagnostics.Access;

/// <summary>Marks a route that changes something, for the document.</summary>
internal sealed class NeedsKey
{
    internal static readonly NeedsKey Instance = new();
}
