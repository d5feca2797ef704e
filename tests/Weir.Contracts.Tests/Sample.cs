namespace Weir.Contracts.Tests;

/// <summary>A message with something in every field.</summary>
internal static class Sample
{
    internal static object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner);
        if (type == typeof(string))
            return "t-1";
        if (type == typeof(Guid))
            return new Guid("11111111-2222-3333-4444-555555555555");
        if (type == typeof(bool))
            return true;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0)!;
        if (type.IsPrimitive)
            return Convert.ChangeType(7, type);
        if (type.IsGenericType && type.GetGenericArguments() is [var item])
            return ListOf(item);
        if (type.IsGenericType)
            return new Dictionary<string, string> { ["zone"] = "a" };

        var constructor = ContractType.Constructor(type);
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
    }

    private static Array ListOf(Type item)
    {
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Of(item), 0);
        list.SetValue(Of(item), 1);
        return list;
    }
}
