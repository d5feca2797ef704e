namespace Weir.Persistence.Faults;

/// <summary>
/// A unit of work did not get through, and retrying it here is over. What the server refuses for good (a constraint, a right, a
/// statement) comes as the provider's own exception instead. Messages hold no values and no secrets.
/// </summary>
public abstract class DatabaseFaultException : Exception
{
    private protected DatabaseFaultException(FaultCategory category, string? sqlState, string operation, string message, Exception? inner)
        : base(message, inner)
    {
        Category = category;
        SqlState = sqlState;
        Operation = operation;
    }

    /// <summary>What kind of trouble it was.</summary>
    public FaultCategory Category { get; }

    /// <summary>The server's code for it; null when no server spoke.</summary>
    public string? SqlState { get; }

    /// <summary>The unit of work, such as <c>leases.renew</c>.</summary>
    public string Operation { get; }
}
