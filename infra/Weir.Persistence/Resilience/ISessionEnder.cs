namespace Weir.Persistence.Resilience;

/// <summary>Ends from outside what a unit of work left running: a statement, or a whole session with its transaction.</summary>
internal interface ISessionEnder
{
    /// <summary>Ends the statement that runs now; does nothing to a session between statements.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="transactionAge">Only while its transaction is at least this old: a younger one is somebody else's.</param>
    /// <param name="isOver">True once the session is no longer the unit of work's.</param>
    Task EndStatementAsync(SessionHandle session, TimeSpan transactionAge, Func<bool> isOver);

    /// <summary>Ends the session; its transaction is rolled back and its locks are free.</summary>
    /// <inheritdoc cref="EndStatementAsync"/>
    Task EndSessionAsync(SessionHandle session, TimeSpan transactionAge, Func<bool> isOver);
}
