namespace Weir.Persistence.Stores;

/// <summary>
/// How far a reader has read. The next read starts here and may see a few rows again, never one too few. It is good for one life
/// of a database only: in a new era a reader starts from <see cref="Beginning"/>.
/// </summary>
/// <param name="Value">PostgreSQL: the oldest transaction that was still open at the read. SQLite: the counter of changes, plus one.</param>
public readonly record struct ChangeMark(ulong Value)
{
    /// <summary>Everything is new.</summary>
    public static readonly ChangeMark Beginning;
}
