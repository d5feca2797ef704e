namespace Weir.Diagnostics.Problems;

/// <summary>A kind of problem: its page on this server says what to do.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="Status">The HTTP status it comes with.</param>
/// <param name="Title">In words.</param>
/// <param name="Help">What to do.</param>
internal sealed record ProblemKind(string Name, int Status, string Title, string Help)
{
    internal static readonly ProblemKind Invalid = new("invalid-request", 400, "The request is not right", "The answer names the field or parameter, its value and what would be right. Mend it and ask again.");
    internal static readonly ProblemKind KeyNeeded = new("key-needed", 401, "A change needs the operator's key", "Send the header Authorization: Bearer KEY. The key is in the file that option Weir:Diagnostics:KeyFile names, readable by the one who started the service. Reading needs no key.");
    internal static readonly ProblemKind NotLocal = new("not-local", 403, "This API answers on this machine alone", "Until there are keys for each person it listens on loopback only. Ask http://127.0.0.1 or http://localhost at its port; from elsewhere use a tunnel such as ssh -L.");
    internal static readonly ProblemKind NotFound = new("not-found", 404, "There is no such thing", "Look at the list it belongs to. Streams that were withdrawn and workers that were struck from the register are gone from the lists.");
    internal static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "That cannot be done to this address", "The header Allow names what can be done; /openapi/v1.json lists every route.");
    internal static readonly ProblemKind Conflict = new("conflict", 409, "Something stands in the way", "The answer says what. Change that first, or ask for what it is now.");
    internal static readonly ProblemKind TooLarge = new("too-large", 413, "The body is too large", "A body holds at most 256 KB. Send many streams in several batches.");
    internal static readonly ProblemKind NotJson = new("not-json", 415, "The body is not JSON", "Send JSON with the header Content-Type: application/json.");
    internal static readonly ProblemKind Failed = new("failed", 500, "It failed here", "This is a defect of the service. Its log has the details under the trace id of the answer.");
    internal static readonly ProblemKind StoreAway = new("store-away", 503, "The database cannot be reached", "The header Retry-After says when to ask again. Streams run on meanwhile; /health/ready tells when it is back.");
    internal static readonly ProblemKind BusAway = new("bus-away", 503, "The bus cannot be reached, or nobody listens there", "The header Retry-After says when to ask again. Look whether the broker and the services Registry and Orchestrator run; streams run on meanwhile.");
    internal static readonly ProblemKind Full = new("too-many-listeners", 503, "Too many listen to the events already", "The header Retry-After says when to ask again. Option Weir:Diagnostics:EventClients raises the limit.");
    internal static readonly ProblemKind NotInTime = new("not-in-time", 504, "The answer did not come in time", "It may be carried out all the same. Look, or ask again with the same Idempotency-Key: nothing is done twice.");

    internal static IReadOnlyList<ProblemKind> All { get; } =
        [Invalid, KeyNeeded, NotLocal, NotFound, MethodNotAllowed, Conflict, TooLarge, NotJson, Failed, StoreAway, BusAway, Full, NotInTime];

    internal string Address => $"/problems/{Name}";
}
