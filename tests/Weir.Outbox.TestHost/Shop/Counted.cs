namespace Weir.Outbox.TestHost.Shop;

/// <summary>A tally was added to.</summary>
public sealed record Counted(Guid TallyId, int Sum);
