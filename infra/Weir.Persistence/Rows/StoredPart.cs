namespace Weir.Persistence.Rows;

/// <summary>
/// Table <c>parts</c>, written by Registry alone: a numbered part of a request that is answered when all are in. Gone once it is, or after a day.
/// </summary>
public sealed class StoredPart
{
    /// <summary>Which request, such as <c>declare/default/key-1</c>; first half of the key, at most 256 characters.</summary>
    public required string Request { get; init; }

    /// <summary>1 to <see cref="Parts"/>; second half of the key.</summary>
    public int Part { get; init; }

    /// <summary>How many parts the request has.</summary>
    public int Parts { get; init; }

    /// <summary>The part as it came, as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>UTC on the database's clock.</summary>
    public DateTime ReceivedAt { get; init; }
}
