namespace Weir.Bus.Parked;

/// <summary>The name of an error queue.</summary>
public sealed record ErrorQueueName
{
    private const string Suffix = "_error";

    private ErrorQueueName(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The queue that its messages came from, and are put back into.</summary>
    public string Source => Name[..^Suffix.Length];

    /// <summary>The error queue of this name; null when the name is none of an error queue.</summary>
    /// <param name="name">1 to 255 bytes that end in <c>_error</c>.</param>
    public static ErrorQueueName? Of(string? name) =>
        name is { Length: > 6 and <= 255 } && name.EndsWith(Suffix, StringComparison.Ordinal) ? new(name) : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
