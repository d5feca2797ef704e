namespace Weir.Persistence.Faults;

/// <summary>The fault passes by itself, and did not in time: every try failed. Nothing was written. Look again later.</summary>
public sealed class DatabaseUnavailableException : DatabaseFaultException
{
    internal DatabaseUnavailableException(string operation, FaultCategory category, string? sqlState, int tries, Exception inner)
        : base(category, sqlState, operation, $"{operation} failed {tries} times, the last time by {category}{(sqlState is null ? "" : $" ({sqlState})")}; nothing was written. Try again later.", inner) =>
        Tries = tries;

    /// <summary>How often it was tried.</summary>
    public int Tries { get; }
}
