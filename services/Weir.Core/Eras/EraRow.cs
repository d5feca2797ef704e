using Weir.Core.Identity;

namespace Weir.Core.Eras;

/// <summary>The one row that says which life of the database the tables were written by.</summary>
/// <param name="Began">The epoch at which this life began: it names the life, and every epoch drawn in it is above.</param>
/// <param name="Identity">The database as it was when the era began.</param>
/// <param name="Phase">Collecting until every Live worker has listed its holdings or is fenced.</param>
/// <param name="Quiet">
/// How long the era has lasted, as far as one orchestrator has watched it on its own clock: an incarnation that the database
/// never knew cannot be renewed, so after this long it has lapsed.
/// </param>
public readonly record struct EraRow(Epoch Began, DatabaseIdentity Identity, EraPhase Phase, TimeSpan Quiet)
{
    /// <summary>The first era of an empty database: nobody can hold anything.</summary>
    public static EraRow First(DatabaseIdentity identity, Epoch began) => new(began, identity, EraPhase.Open, TimeSpan.MaxValue);
}
