namespace Weir.Outbox;

/// <summary>
/// The connection was lost inside a transaction, and what followed would have been saved on a new connection, outside
/// it: rows without their messages, or messages without their rows. Run the whole unit of work again.
/// </summary>
public sealed class TransactionLostException : Exception
{
    internal TransactionLostException(string dbContext)
        : base($"The connection of {dbContext} was lost inside its transaction; nothing more is saved outside it. Run the unit of work again.")
    {
    }
}
