namespace Weir.Persistence.Faults;

/// <summary>
/// COMMIT was sent and no answer came: the writes are either all there or all gone. Never do the work again blindly. Read the
/// row's epoch or version again, with a lock (<c>FOR UPDATE</c>), which waits for a commit that is still under way, and go on from what it says.
/// </summary>
public sealed class CommitResultUnknownException : DatabaseFaultException
{
    internal CommitResultUnknownException(string operation, string? sqlState, Exception? inner)
        : base(
            FaultCategory.CommitUnknown,
            sqlState,
            operation,
            $"{operation} sent its commit and got no answer: all of it is written or nothing is. Read epoch or version again, with a lock, before doing anything.",
            inner)
    {
    }
}
