using Weir.Core.Identity;

namespace Weir.Persistence.Stores;

/// <summary>A lease that a beat renewed: acknowledge it once the transaction is committed.</summary>
/// <param name="Incarnation">Whose.</param>
/// <param name="Sequence">The beat that counted.</param>
/// <param name="MarkSent">The latest command mark; equal to <paramref name="Sequence"/> when this renewal sends one.</param>
public readonly record struct RenewedLease(Incarnation Incarnation, long Sequence, long MarkSent);
