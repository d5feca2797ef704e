using MassTransit;

namespace Weir.Outbox.TestHost.Shop;

/// <summary>Adds to a tally, making it if it is the first.</summary>
public sealed record CountUp(Guid CorrelationId, int By) : CorrelatedBy<Guid>;
