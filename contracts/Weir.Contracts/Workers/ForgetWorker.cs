namespace Weir.Contracts.Workers;

/// <summary>Strike this worker from the register. Sent by anyone; heard by Registry, which refuses while it is live.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="By">Who asks, for the audit, at most 128 characters.</param>
[Message(MessageKind.Request)]
public sealed record ForgetWorker(string WorkerId, string By);
