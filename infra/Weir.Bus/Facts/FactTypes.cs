using System.Reflection;
using Weir.Contracts;

namespace Weir.Bus.Facts;

/// <summary>The messages that are published, and how they are routed on <c>weir.events</c>: by their name, then their pool.</summary>
internal static class FactTypes
{
    internal static IReadOnlyList<Type> All { get; } =
        [.. typeof(MessageAttribute).Assembly.GetTypes().Where(type => KindOf(type) is MessageKind.Fact or MessageKind.WakeUp)];

    internal static bool Contains(Type type) => All.Contains(type);

    internal static MessageKind? KindOf(Type type) => type.GetCustomAttribute<MessageAttribute>()?.Kind;

    /// <summary>What a queue binds with to hear a fact of every pool.</summary>
    internal static string Binding(Type fact) => fact.Name + ".#";
}
