namespace Weir.Core.Tests.Planning;

/// <summary>A stream of a generated fleet; owner and pin are places, -1 for none.</summary>
public sealed record StreamSpec(
    int Owner, double Weight = 1, int PinnedTo = -1, double MovedSecondsAgo = double.PositiveInfinity, bool InFlight = false, bool Quarantined = false);
