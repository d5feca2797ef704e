using System.Reflection;

namespace Weir.Contracts.Tests;

/// <summary>A record or an enum of the contracts, as the lock file has it.</summary>
/// <param name="Name">With its namespace: it is the type's name on the wire.</param>
/// <param name="Kind">How the bus carries it; <c>part</c> where it travels inside another, <c>enum</c> for names alone.</param>
/// <param name="Fields">Its fields, or an enum's names.</param>
internal sealed record ContractType(string Name, string Kind, IReadOnlyList<ContractField> Fields)
{
    private static readonly NullabilityInfoContext Nullability = new();

    internal static IReadOnlyList<ContractType> All { get; } =
    [
        .. typeof(MessageAttribute).Assembly.GetExportedTypes()
            .Where(type => type.Namespace != typeof(MessageAttribute).Namespace)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(Of),
    ];

    internal static ContractType Of(Type type) => type.IsEnum
        ? new(type.FullName!, "enum", [.. Enum.GetNames(type).Select(name => new ContractField(name, "name", IsOptional: false))])
        : new(type.FullName!, type.GetCustomAttribute<MessageAttribute>()?.Kind.ToString() ?? "part", [.. Constructor(type).GetParameters().Select(Of)]);

    internal static ConstructorInfo Constructor(Type record) => record.GetConstructors().MaxBy(each => each.GetParameters().Length)!;

    private static ContractField Of(ParameterInfo parameter)
    {
        var mayBeNull = Nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        return new(parameter.Name!, WireName.Of(parameter.ParameterType) + (mayBeNull ? "?" : ""), parameter.HasDefaultValue);
    }
}
