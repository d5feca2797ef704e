using Weir.Core.Identity;

namespace Weir.Core.Eras;

/// <summary>The one row that says which life of the database the tables were written by.</summary>
/// <param name="Era">The high part of every epoch drawn.</param>
/// <param name="Identity">The database as it was when the era began.</param>
/// <param name="Phase">Collecting until every Live worker has listed its holdings or is fenced.</param>
/// <param name="Quiet">
/// How long the era has lasted, as far as one orchestrator has watched it on its own clock: an incarnation that the database
/// never knew cannot be renewed, so after this long it has lapsed.
/// </param>
public readonly record struct EraRow(Era Era, DatabaseIdentity Identity, EraPhase Phase, TimeSpan Quiet)
{
    /// <summary>The first era of an empty database: nobody can hold anything.</summary>
    public static EraRow First(DatabaseIdentity identity, Era era) => new(era, identity, EraPhase.Open, TimeSpan.MaxValue);
}
