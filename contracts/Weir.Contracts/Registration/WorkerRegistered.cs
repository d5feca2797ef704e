namespace Weir.Contracts.Registration;

/// <summary>The answer to <see cref="RegisterWorker"/>: the worker has a lease. Sent by Registry; heard by that worker process alone.</summary>
/// <param name="WorkerId">The worker that asked.</param>
/// <param name="ProcessId">The process that asked; any other drops the answer.</param>
/// <param name="Attempt">The attempt that is answered.</param>
/// <param name="Incarnation">The life it was given, above 0; named in every command and every beat. Never used again.</param>
/// <param name="BeatMs">How often to beat, in milliseconds, above 0.</param>
/// <param name="LeaseMs">How long a lease lasts from the sending of an acknowledged beat, in milliseconds, above <paramref name="BeatMs"/>.</param>
[Message(MessageKind.Answer)]
public sealed record WorkerRegistered(
    string WorkerId,
    string ProcessId,
    long Attempt,
    long Incarnation,
    int BeatMs,
    int LeaseMs);
