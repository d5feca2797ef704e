using Weir.Core.Consistency;
using Weir.Core.Identity;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>One part of a RegisterWorker.</summary>
internal sealed record RegisterPart(
    int Worker, WorkerId Id, string Process, long Attempt, string? Predecessor, Epoch Highest, int Part, int Parts, IReadOnlyList<Holding> Holdings);
