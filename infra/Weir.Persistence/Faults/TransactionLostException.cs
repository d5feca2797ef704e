namespace Weir.Persistence.Faults;

/// <summary>The connection broke in the middle of a unit of work and took the transaction along. Nothing is written; the whole is tried again.</summary>
public sealed class TransactionLostException : DatabaseFaultException
{
    internal TransactionLostException()
        : base(FaultCategory.ConnectionLost, null, "unit of work", "The connection broke and took the transaction along; nothing was written. Do the whole unit of work again.", null)
    {
    }
}
