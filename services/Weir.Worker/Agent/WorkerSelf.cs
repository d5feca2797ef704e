namespace Weir.Worker.Agent;

/// <summary>What a process says of itself when it registers.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="ProcessId">This life of its process.</param>
/// <param name="Predecessor">The earlier process that is known to have ended; null when none is.</param>
internal sealed record WorkerSelf(string WorkerId, string ProcessId, string? Predecessor);
