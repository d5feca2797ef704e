namespace Weir.Core.Identity;

/// <summary>
/// The name of a worker: 1 to 64 letters, digits or hyphens, the first a letter or digit. No dot and no underscore, for
/// they part the names of its queues on the broker. Compared and ordered ordinally.
/// </summary>
public readonly record struct WorkerId : IComparable<WorkerId>
{
    private static readonly IdRule Rule = new("worker", lengthMax: 64, marks: "-");

    private readonly string? _value;

    private WorkerId(string value) => _value = value;

    /// <summary>The name as text; empty only in <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes a name.</summary>
    /// <exception cref="FormatException">The text breaks the rule; the message shows both.</exception>
    public static WorkerId Parse(string text) => TryParse(text, out var id) ? id : throw Rule.Refusal(text);

    /// <summary>Takes a name; false when it breaks the rule.</summary>
    public static bool TryParse(string? text, out WorkerId id)
    {
        var allowed = Rule.Allows(text);
        id = allowed ? new WorkerId(text!) : default;
        return allowed;
    }

    /// <inheritdoc/>
    public int CompareTo(WorkerId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
