namespace Weir.Outbox.Tests.Support;

/// <summary>One delivery of an event.</summary>
internal sealed record HeardEvent(Guid MessageId, Guid OrderId, int Number, long Timestamp);
