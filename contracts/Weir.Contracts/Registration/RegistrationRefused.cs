namespace Weir.Contracts.Registration;

/// <summary>The answer to a <see cref="RegisterWorker"/> that cannot be taken as it is. Sent by Registry; heard by that worker process, which says it and ends.</summary>
/// <param name="WorkerId">The worker that asked.</param>
/// <param name="ProcessId">The process that asked; any other drops the answer.</param>
/// <param name="Attempt">The attempt that is answered.</param>
/// <param name="Superseded">True when a newer process has the worker's name; false when a field is at fault.</param>
/// <param name="Reason">Which field, its value and what would be right, in words, at most 500 characters.</param>
[Message(MessageKind.Answer)]
public sealed record RegistrationRefused(string WorkerId, string ProcessId, long Attempt, bool Superseded, string Reason);
