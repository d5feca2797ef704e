using Weir.Core.Planning;

namespace Weir.Core.Tests.Planning;

/// <summary>A worker of a generated fleet.</summary>
public sealed record WorkerSpec(double Capacity, WorkerState State = WorkerState.Active, double Performance = 1);
