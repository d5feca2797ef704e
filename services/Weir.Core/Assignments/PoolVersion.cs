using Weir.Core.Identity;
using Weir.Core.Invariants;

namespace Weir.Core.Assignments;

/// <summary>
/// How many plans a pool has had. A plan takes effect only on the version it was made from, so that any number of planners make
/// one history. Beats, answers and sagas do not touch it.
/// </summary>
/// <param name="Era">The beginning of the database's life: after a restore the same number stands for another history.</param>
/// <param name="Value">0 before the first plan. Only grows within a life.</param>
public readonly record struct PoolVersion(Epoch Era, long Value)
{
    /// <summary>Takes the next version for a plan made from <paramref name="basedOn"/>. As SQL: <c>SET version=v+1 WHERE era=e AND version=v</c>.</summary>
    /// <remarks>Asked after <see cref="Eras.EraChange.MayDraw"/>, in the same transaction: a restored database may have an older version of the same era.</remarks>
    /// <returns>False when another plan was first, or the database is another: this one is dropped whole and made again.</returns>
    public bool TryAdvance(PoolVersion basedOn, out PoolVersion next)
    {
        Invariant.Holds(basedOn.Era != Era || basedOn.Value <= Value, "S7", $"a plan was made from version {basedOn.Value}, and the pool is at {Value}");
        next = basedOn == this ? this with { Value = Value + 1 } : this;
        return basedOn == this;
    }
}
