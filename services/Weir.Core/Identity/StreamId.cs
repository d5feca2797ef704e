namespace Weir.Core.Identity;

/// <summary>
/// The name of a stream: 1 to 128 characters, the first a letter or digit, the others letters, digits or <c>. _ : -</c>
///. Compared and ordered ordinally.
/// </summary>
public readonly record struct StreamId : IComparable<StreamId>
{
    private static readonly IdRule Rule = new("stream", lengthMax: 128, marks: "._:-");

    private readonly string? _value;

    private StreamId(string value) => _value = value;

    /// <summary>The name as text; empty only in <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes a name.</summary>
    /// <exception cref="FormatException">The text breaks the rule; the message shows both.</exception>
    public static StreamId Parse(string text) => TryParse(text, out var id) ? id : throw Rule.Refusal(text);

    /// <summary>Takes a name; false when it breaks the rule.</summary>
    public static bool TryParse(string? text, out StreamId id)
    {
        var allowed = Rule.Allows(text);
        id = allowed ? new StreamId(text!) : default;
        return allowed;
    }

    /// <inheritdoc/>
    public int CompareTo(StreamId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
