namespace Weir.Persistence.Rows;

/// <summary>A row whose table tells readers what changed. The database sets the mark itself, so that no writer can forget it.</summary>
public interface IMarkedRow
{
    /// <summary>
    /// PostgreSQL: the transaction that last changed the row in a way readers care about. SQLite: a counter of such changes.
    /// Read it only through <see cref="Stores.ChangeMark"/>; it means nothing across two lives of a database.
    /// </summary>
    ulong Changed { get; }
}
