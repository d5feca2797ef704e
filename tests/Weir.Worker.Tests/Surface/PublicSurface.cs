using System.Reflection;
using Weir.Testing.Files;

namespace Weir.Worker.Tests.Surface;

/// <summary>All that the SDK shows its users, a line a member. <c>WEIR_UPDATE_PUBLIC_API=1</c> writes the file anew, for a reviewer to read the difference.</summary>
internal static class PublicSurface
{
    internal const string Switch = "WEIR_UPDATE_PUBLIC_API";

    private const BindingFlags Shown = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static string File { get; } = Path.Combine(RepositoryRoot.Path, "services", "Weir.Worker", "PublicApi.txt");

    internal static string Write(Assembly assembly) => string.Concat(
        assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).Select(type => $"{Head(type)}\n{string.Concat(Members(type))}\n"));

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsAbstract && type.IsSealed ? "static class" : type.IsSealed ? "sealed class" : "class";
        return $"{kind} {Name(type)}";
    }

    private static IEnumerable<string> Members(Type type) => type.GetMembers(Shown)
        .Where(member => member is not MethodBase { IsSpecialName: true } || member is ConstructorInfo)
        .Where(member => member.Name is not "value__")
        .Select(member => $"  {Line(member)}\n")
        .Order(StringComparer.Ordinal);

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{ {(property.GetMethod is { IsPublic: true } ? "get; " : "")}{(property.SetMethod is { IsPublic: true } ? "set; " : "")}}}",
        FieldInfo field => field.IsLiteral ? $"{Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}" : $"{Name(field.FieldType)} {field.Name}",
        _ => member.ToString()!,
    };

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(each => each.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(each =>
        $"{Name(each.ParameterType)} {each.Name}{(each.HasDefaultValue ? $" = {each.DefaultValue ?? "default"}" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        var name = type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true ? type.Name : type.FullName ?? type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
