namespace Weir.Diagnostics.Api;

/// <summary>Why a request was not carried out: a problem document, <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Type">Which kind of problem: an address on this server that tells what to do.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time, and what would be right.</param>
/// <param name="Field">The field or parameter at fault, such as <c>declare[3].weight</c>; null when none is.</param>
/// <param name="Value">Its value as far as it can be shown.</param>
/// <param name="Right">What would be right.</param>
/// <param name="Streams">The streams at fault, at most 200; null when none are.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string? Field = null,
    string? Value = null,
    string? Right = null,
    IReadOnlyList<string>? Streams = null);
