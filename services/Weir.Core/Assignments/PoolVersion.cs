namespace Weir.Core.Assignments;

/// <summary>
/// How many plans a pool has had. A plan takes effect only on the version it was made from, so that any number of planners make
/// one history. Beats, answers and sagas do not touch it.
/// </summary>
/// <param name="Value">0 before the first plan. Only grows.</param>
public readonly record struct PoolVersion(long Value)
{
    /// <summary>Takes the next version for a plan made from <paramref name="basedOn"/>. As SQL: <c>SET version=v+1 WHERE version=v</c>.</summary>
    /// <returns>False when another plan was first: this one is dropped whole and made again.</returns>
    public bool TryAdvance(PoolVersion basedOn, out PoolVersion next)
    {
        next = basedOn == this ? new PoolVersion(Value + 1) : this;
        return basedOn == this;
    }
}
