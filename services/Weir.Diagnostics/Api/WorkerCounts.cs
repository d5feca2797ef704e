namespace Weir.Diagnostics.Api;

/// <summary>How many workers stand how; a worker that ended in order counts nowhere.</summary>
/// <param name="Live">See <see cref="WorkerStanding.Live"/>.</param>
/// <param name="Suspect">See <see cref="WorkerStanding.Suspect"/>.</param>
/// <param name="Draining">See <see cref="WorkerStanding.Draining"/>.</param>
/// <param name="Cordoned">See <see cref="WorkerStanding.Cordoned"/>.</param>
/// <param name="Lost">See <see cref="WorkerStanding.Lost"/>.</param>
public sealed record WorkerCounts(int Live, int Suspect, int Draining, int Cordoned, int Lost);
