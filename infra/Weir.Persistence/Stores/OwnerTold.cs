namespace Weir.Persistence.Stores;

/// <summary>What a fact says of one grant; what it does not say is null.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Epoch">The grant's epoch, above 0.</param>
/// <param name="Worker">Who got it.</param>
/// <param name="Incarnation">The life that got it; 0 when the fact does not say.</param>
/// <param name="FromWorker">Who had it before.</param>
/// <param name="Assigned">The fact tells of the grant.</param>
/// <param name="Running">The fact tells that it runs.</param>
/// <param name="EndReason">The fact tells that it ended, and why.</param>
public sealed record OwnerTold(
    string Stream,
    long Epoch,
    string Worker,
    long Incarnation = 0,
    string? FromWorker = null,
    bool Assigned = false,
    bool Running = false,
    string? EndReason = null);
