namespace Weir.Contracts;

/// <summary>Marks a record that travels as a message of its own; records without it only travel inside one.</summary>
/// <param name="kind">How the bus carries it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MessageAttribute(MessageKind kind) : Attribute
{
    /// <summary>How the bus carries it.</summary>
    public MessageKind Kind { get; } = kind;
}
