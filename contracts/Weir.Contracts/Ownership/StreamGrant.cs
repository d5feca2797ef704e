namespace Weir.Contracts.Ownership;

/// <summary>One stream that a worker is to run, with all it needs for that.</summary>
/// <param name="StreamId">1 to 128 characters.</param>
/// <param name="Epoch">The fencing token of this grant, above 0 and below 2^53; above every earlier one of the stream.</param>
/// <param name="Kind">Which handler runs it, 1 to 64 characters.</param>
/// <param name="Class">Whether its sink checks epochs.</param>
/// <param name="LocalModeMs">How long a worker that is cut off may go on after its lease, in milliseconds, 0 or more.</param>
/// <param name="Definition">What the handler needs to know, as its own JSON text of at most 4 KB; credentials stand in it as references, never as such.</param>
public sealed record StreamGrant(string StreamId, long Epoch, string Kind, StreamClass Class, int LocalModeMs, string? Definition = null);
