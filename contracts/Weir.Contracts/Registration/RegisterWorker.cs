namespace Weir.Contracts.Registration;

/// <summary>A worker process asks to be let in. Sent by a worker at start and after its lease has ended; heard by Registry on <c>weir.registry.register</c>.</summary>
/// <param name="WorkerId">1 to 64 letters, digits or hyphens.</param>
/// <param name="ProcessId">One life of the worker's process: a new value at each start, 1 to 64 letters, digits or hyphens.</param>
/// <param name="Attempt">1 upwards within the process. The same attempt is answered alike; a lower one is dropped.</param>
/// <param name="Pool">The pool it joins; <c>default</c> where the field has none to say.</param>
/// <param name="Capacity">How many units of weight it can carry, above 0 and at most 1,000,000.</param>
/// <param name="Part">1 to <paramref name="Parts"/>: holdings come in numbered parts of at most 200 streams.</param>
/// <param name="Parts">How many parts this registration has, 1 or more; it is answered when all are in.</param>
/// <param name="Holdings">Every stream whose handler has not ended, also those that are stopping.</param>
/// <param name="Version">The worker software's version, free text of at most 64 characters without control characters, for people to read.</param>
/// <param name="Labels">At most 16; names of 1 to 64 characters, values of at most 64, no control character.</param>
/// <param name="HighestEpoch">The highest epoch any command ever named to it, 0 when none; a restored database continues above it.</param>
/// <param name="Predecessor">The earlier process that the worker's local file names, when this one holds that file's lock: it runs no handler any more. Null when there is none.</param>
[Message(MessageKind.Request)]
public sealed record RegisterWorker(
    string WorkerId,
    string ProcessId,
    long Attempt,
    string Pool,
    double Capacity,
    int Part,
    int Parts,
    IReadOnlyList<Holding> Holdings,
    string? Version = null,
    IReadOnlyDictionary<string, string>? Labels = null,
    long HighestEpoch = 0,
    string? Predecessor = null);
