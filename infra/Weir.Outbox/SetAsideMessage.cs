namespace Weir.Outbox;

/// <summary>A message that could not be delivered by a fault of its own.</summary>
/// <param name="SequenceNumber">Its row; give it to <see cref="TransactionalOutbox{TDbContext}.ReplayAsync"/>.</param>
/// <param name="MessageId">As published.</param>
/// <param name="MessageType">Its type names, parted by semicolons.</param>
/// <param name="DestinationAddress">Where it should have gone; null where the row has none.</param>
/// <param name="Since">When it was set aside, in UTC.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SetAsideMessage(
    long SequenceNumber, Guid MessageId, string MessageType, string? DestinationAddress, DateTime? Since, string Reason);
