using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>A silence that was written down.</summary>
/// <param name="Incarnation">Whose.</param>
/// <param name="Quiet">The longest any replica has seen.</param>
/// <param name="Fenced">The lease is over.</param>
/// <param name="FencedNow">It was over by this very write: tell of it, once.</param>
public readonly record struct WrittenMark(Incarnation Incarnation, TimeSpan Quiet, bool Fenced, bool FencedNow)
{
    /// <summary>The longest silence that was written before.</summary>
    public TimeSpan QuietBefore { get; init; }
}
