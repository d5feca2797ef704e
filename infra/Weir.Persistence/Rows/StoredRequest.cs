namespace Weir.Persistence.Rows;

/// <summary>Table <c>requests</c>, written by Registry alone: what was asked under a key, and the answer, so that asking again does nothing twice. Kept a day.</summary>
public sealed class StoredRequest
{
    /// <summary>Which request, such as <c>declare/default/key-1</c>; the key, at most 256 characters.</summary>
    public required string Request { get; init; }

    /// <summary>The name of the answer's message.</summary>
    public required string Answer { get; init; }

    /// <summary>The answer as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>UTC on the database's clock.</summary>
    public DateTime AnsweredAt { get; init; }
}
