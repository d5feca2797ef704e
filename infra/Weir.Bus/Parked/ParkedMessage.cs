namespace Weir.Bus.Parked;

/// <summary>One message of an error queue, as it was when somebody looked.</summary>
/// <param name="Id">The message's own id; where it has none, one made of queue and body, which is always the same for the same message.</param>
/// <param name="Reason">One of <see cref="Parking.ParkReason"/>, what the broker calls its own reason (such as <c>delivery_limit</c>), or <c>unknown</c>.</param>
/// <param name="Fault">What its handling failed with; null when nothing says so.</param>
/// <param name="ParkedAt">When it was parked; null when nothing says so.</param>
/// <param name="Replays">How often it was put back before; 0 for the first time here.</param>
/// <param name="Headers">All its headers as text.</param>
/// <param name="ContentType">As its sender said; null when it did not.</param>
/// <param name="Body">The body, whole.</param>
public sealed record ParkedMessage(
    string Id,
    string Reason,
    string? Fault,
    DateTimeOffset? ParkedAt,
    int Replays,
    IReadOnlyDictionary<string, string> Headers,
    string? ContentType,
    ReadOnlyMemory<byte> Body);
