using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>A lease that a beat renewed: acknowledge it once the transaction is committed.</summary>
/// <param name="Incarnation">Whose.</param>
/// <param name="Sequence">The beat that counted.</param>
/// <param name="MarkSent">The latest command mark; equal to <paramref name="Sequence"/> when this renewal sends one.</param>
public readonly record struct RenewedLease(Incarnation Incarnation, long Sequence, long MarkSent)
{
    /// <summary>Whose life it is.</summary>
    public WorkerId Worker { get; init; }

    /// <summary>The process that lives it.</summary>
    public string Process { get; init; } = "";

    /// <summary>The longest silence seen before this beat.</summary>
    public TimeSpan QuietBefore { get; init; }

    /// <summary>The worker's pool; null where this is not its newest life.</summary>
    public string? Pool { get; init; }

    /// <summary>The worker is being emptied.</summary>
    public bool Draining { get; init; }

    /// <summary>The worker is given nothing new.</summary>
    public bool Cordoned { get; init; }
}
