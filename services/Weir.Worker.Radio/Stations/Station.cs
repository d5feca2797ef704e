using Weir.Contracts.Catalogue;
using Weir.Contracts.Ownership;

namespace Weir.Worker.Radio.Stations;

/// <summary>One station of a list, as it is declared: a stream of kind <c>radio</c>.</summary>
/// <param name="Id">The stream's name, 1 to 128 characters: letters, digits and <c>. _ : -</c>, a letter or digit first.</param>
/// <param name="Url">Its address, http or https.</param>
/// <param name="Labels">At most 16 names with their values, 64 characters each.</param>
public sealed record Station(string Id, string Url, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>As a stream to be declared: of kind <c>radio</c>, Fenced, of weight 1.</summary>
    public StreamDeclaration ToDeclaration() =>
        new(Id, RadioHandler.Kind, Class: StreamClass.Fenced, Definition: new RadioDefinition(Url).ToJson(), Labels: Labels);
}
