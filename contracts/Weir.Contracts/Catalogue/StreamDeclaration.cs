using Weir.Contracts.Ownership;

namespace Weir.Contracts.Catalogue;

/// <summary>One stream as its owner wants it run.</summary>
/// <param name="StreamId">1 to 128 characters: letters, digits and <c>. _ : -</c>, a letter or digit first.</param>
/// <param name="Kind">Which handler runs it, 1 to 64 characters.</param>
/// <param name="Weight">How many units of a worker's capacity it takes, above 0.</param>
/// <param name="Class">Whether its sink checks epochs.</param>
/// <param name="LocalModeMs">How long a worker that is cut off may go on after its lease, in milliseconds, 0 or more; null takes the pool's figure for the class.</param>
/// <param name="Definition">What the handler needs to know, as its own JSON text of at most 4 KB; credentials stand in it as references.</param>
/// <param name="Labels">At most 16 names with their values, 64 characters each, that constraints may ask for.</param>
/// <param name="PinnedTo">The only worker that may run it, by its id; while that worker is not there the stream stays where it is, or waits. Null: any.</param>
public sealed record StreamDeclaration(
    string StreamId,
    string Kind,
    double Weight = 1,
    StreamClass Class = StreamClass.Unfenced,
    int? LocalModeMs = null,
    string? Definition = null,
    IReadOnlyDictionary<string, string>? Labels = null,
    string? PinnedTo = null);
