namespace Weir.Core.Eras;

/// <summary>Which life of the database this is: it changes when the store is restored or a standby is promoted.</summary>
/// <param name="System">PostgreSQL's system identifier.</param>
/// <param name="Timeline">Its timeline: one more at each promotion and each restore to a point in time.</param>
/// <param name="Table">The oid of the table that holds the row: another one after a dump was loaded.</param>
public readonly record struct DatabaseIdentity(long System, long Timeline, long Table);
