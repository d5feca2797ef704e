namespace Weir.Bus;

/// <summary>
/// A publish or a send was not confirmed in time. The message may have arrived all the same: send it again under the
/// same message id, or let the outbox do so.
/// </summary>
public sealed class SendTimedOutException : TimeoutException
{
    internal SendTimedOutException(string message, Uri? address, TimeSpan timeout, Exception inner)
        : base($"{message} to {address} was not confirmed within {timeout.TotalMilliseconds:0} ms ({nameof(WeirBusOptions)}.{nameof(WeirBusOptions.SendTimeout)}); it may have arrived all the same", inner)
    {
    }
}
