using Weir.Core.Identity;

namespace Weir.Core.Registration;

/// <summary>A whole registration, all its parts put together.</summary>
/// <param name="Worker">Who asks.</param>
/// <param name="Process">One life of its process.</param>
/// <param name="Attempt">1 upwards within the process.</param>
/// <param name="Predecessor">The earlier process named by the local file whose lock this one holds; null when there is none.</param>
public readonly record struct RegisterRequest(WorkerId Worker, string Process, long Attempt, string? Predecessor);
