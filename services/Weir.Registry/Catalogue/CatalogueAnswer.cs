using Weir.Contracts.Catalogue;

namespace Weir.Registry.Catalogue;

/// <summary>How a request about the catalogue ended: exactly one of the two.</summary>
/// <param name="Done">What was carried out.</param>
/// <param name="Refused">Why nothing was.</param>
internal sealed record CatalogueAnswer(StreamsDeclared? Done, StreamsRefused? Refused);
