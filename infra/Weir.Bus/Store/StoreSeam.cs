namespace Weir.Bus.Store;

/// <summary>What the bus has to know of the store behind the consumers, so that a message never fails because the store is away.</summary>
/// <param name="IsAway">Whether an exception, as a consumer throws it, means that the store cannot be reached; never true for a fault of the message or the code.</param>
/// <param name="Probe">One look at the store; throws as long as it is away. Called once a pause, by one caller at a time.</param>
public sealed record StoreSeam(Func<Exception, bool> IsAway, Func<CancellationToken, Task> Probe);
