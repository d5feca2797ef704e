namespace Weir.Worker.Radio.Stations;

/// <summary>One station of a list, as it is declared: a stream of kind <c>radio</c>.</summary>
/// <param name="Id">The stream's name, 1 to 128 characters: letters, digits and <c>. _ : -</c>, a letter or digit first.</param>
/// <param name="Url">Its address, http or https.</param>
/// <param name="Labels">At most 16 names with their values, 64 characters each.</param>
public sealed record Station(string Id, string Url, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The definition to declare the stream with.</summary>
    public RadioDefinition Definition => new(Url);
}
