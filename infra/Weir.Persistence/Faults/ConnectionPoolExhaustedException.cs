namespace Weir.Persistence.Faults;

/// <summary>All connections of this process were in use for as long as one may be waited for. Nothing was sent.</summary>
public sealed class ConnectionPoolExhaustedException : DatabaseFaultException
{
    internal ConnectionPoolExhaustedException(string operation, TimeSpan waited, Exception inner)
        : base(
            FaultCategory.PoolExhausted,
            null,
            operation,
            $"{operation} got no connection in {waited.TotalSeconds:0.0} s, for all of them are in use; nothing was sent. Do less at once, or raise PoolMax.",
            inner)
    {
    }
}
