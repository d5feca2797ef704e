using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Core.Leases;

namespace Weir.Core.Assignments;

/// <summary>What a granting transaction knows besides the rows.</summary>
/// <param name="Era">The era row, compared with the database's identity in the same transaction.</param>
/// <param name="Times">The pool's figures.</param>
/// <param name="Drawn">An epoch drawn from the database's counter, used at most once.</param>
/// <param name="Now">The database's clock; it sets deadlines and nothing else.</param>
public readonly record struct GrantContext(EraRow Era, LeaseTimes Times, Epoch Drawn, TimeSpan Now);
