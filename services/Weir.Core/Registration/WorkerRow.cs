using Weir.Core.Identity;

namespace Weir.Core.Registration;

/// <summary>One worker by name: which process has the name now, and whether it takes streams.</summary>
/// <param name="Worker">The row's key.</param>
/// <param name="Newest">The newest incarnation. Only grows.</param>
/// <param name="Process">The process that registered it.</param>
/// <param name="Attempt">Its latest registration that was taken.</param>
public readonly record struct WorkerRow(WorkerId Worker, Incarnation Newest, string Process, long Attempt)
{
    /// <summary>An operator, or a stuck handler, keeps new streams away.</summary>
    public bool Cordoned { get; init; }

    /// <summary>The worker is being emptied.</summary>
    public bool Draining { get; init; }

    /// <summary>Whether a plan may give it streams.</summary>
    public bool TakesStreams => !Cordoned && !Draining;
}
