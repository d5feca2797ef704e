using Weir.Persistence.Resilience;

namespace Weir.Persistence.Sqlite;

/// <summary>SQLite has no server to ask: a statement is over when it is over, and a transaction ends with its connection.</summary>
internal sealed class SqliteSessionEnder : ISessionEnder
{
    public Task EndStatementAsync(SessionHandle session, TimeSpan transactionAge, Func<bool> isOver) => Task.CompletedTask;

    public Task EndSessionAsync(SessionHandle session, TimeSpan transactionAge, Func<bool> isOver) => Task.CompletedTask;
}
