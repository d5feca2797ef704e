namespace Weir.Contracts.Registration;

/// <summary>Register anew: Registry does not know this incarnation, or a remedy wants the worker's holdings. Sent by Registry; heard by that worker.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Incarnation">The life that is meant; a worker with another one drops it.</param>
/// <param name="Reason">Why, in words for the worker's log, at most 200 characters.</param>
[Message(MessageKind.Command)]
public sealed record RegisterAgain(string WorkerId, long Incarnation, string Reason);
