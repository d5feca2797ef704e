namespace Weir.Diagnostics.Api;

/// <summary>Many streams at once: each list is carried out as a whole or not at all, the declarations first. A body holds at most 256 KB.</summary>
public sealed record StreamBatch
{
    /// <summary>The pool of them all.</summary>
    /// <value><c>default</c>.</value>
    public string? Pool { get; init; }

    /// <summary>Streams that are to run, at most 5,000, none twice.</summary>
    public IReadOnlyList<BatchEntry>? Declare { get; init; }

    /// <summary>Ids of streams that are to run no more, at most 5,000; one that is not known is no error.</summary>
    public IReadOnlyList<string>? Withdraw { get; init; }
}
