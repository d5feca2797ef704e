namespace Weir.Outbox.TestHost.Faults;

/// <summary>Thrown on purpose.</summary>
public sealed class FaultException(FaultPoint point) : Exception($"thrown on purpose at {point}");
