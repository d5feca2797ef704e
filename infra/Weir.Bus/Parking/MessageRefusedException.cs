namespace Weir.Bus.Parking;

/// <summary>A message that no attempt will make better: it is parked at once, with its reason.</summary>
internal sealed class MessageRefusedException(string reason, string message) : Exception(message)
{
    /// <summary>One of <see cref="ParkReason"/>.</summary>
    public string Reason { get; } = reason;
}
