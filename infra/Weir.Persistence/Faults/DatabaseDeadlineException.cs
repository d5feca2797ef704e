namespace Weir.Persistence.Faults;

/// <summary>A unit of work took longer than it may, all tries together, and was ended; its transaction is rolled back.</summary>
public sealed class DatabaseDeadlineException : DatabaseFaultException
{
    internal DatabaseDeadlineException(string operation, string? sqlState, TimeSpan deadline, int tries, Exception? inner)
        : base(
            FaultCategory.DeadlineExceeded,
            sqlState,
            operation,
            $"{operation} was ended after {deadline.TotalSeconds:0.#} s and {tries} tries, and rolled back. Do less in one unit of work, or raise Deadline.",
            inner) =>
        Tries = tries;

    /// <summary>How often it was tried.</summary>
    public int Tries { get; }
}
