namespace Weir.Simulation.Tests.Fleet;

/// <summary>A message committed with the rows it tells of; sent after the commit, by its service, at least once.</summary>
internal sealed record OutboxRow(Service By, string Process, Action<WorkerProcess> Deliver, int Code, long CommittedAt);
