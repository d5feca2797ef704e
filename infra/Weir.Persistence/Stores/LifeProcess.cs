using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>Who lives one incarnation.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Process">Its process, 1 to 64 characters; part of its queues' names.</param>
public readonly record struct LifeProcess(WorkerId Worker, string Process);
