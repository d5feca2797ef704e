using Weir.Testing.Files;

namespace Weir.Contracts.Tests;

/// <summary>
/// The committed names and fields of every message. What is in the file must stay as it is; what is new must be optional.
/// <c>WEIR_UPDATE_CONTRACTS=1</c> writes the file anew, for a reviewer to read the difference.
/// </summary>
internal static class ContractLock
{
    internal const string Switch = "WEIR_UPDATE_CONTRACTS";

    internal static string File { get; } = Path.Combine(RepositoryRoot.Path, "contracts", "Weir.Contracts", "Contracts.txt");

    internal static string Write(IEnumerable<ContractType> types) =>
        string.Concat(types.Select(type => $"{type.Kind} {type.Name}\n{string.Concat(type.Fields.Select(field => field.Line + "\n"))}\n"));

    internal static IReadOnlyList<ContractType> Read(string text)
    {
        var types = new List<ContractType>();
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var head = lines[0].Split(' ', 2);
            types.Add(new(head[1], head[0], [.. lines.Skip(1).Select(Field)]));
        }

        return types;
    }

    /// <summary>What would break somebody who speaks the locked contracts, in words; none means it is compatible.</summary>
    internal static IEnumerable<string> Breaks(IReadOnlyList<ContractType> locked, IReadOnlyList<ContractType> now)
    {
        foreach (var before in locked)
        {
            var after = now.FirstOrDefault(type => type.Name == before.Name);
            if (after is null)
                yield return $"{before.Name} is gone or has another name";
            else
                foreach (var fault in Breaks(before, after))
                    yield return fault;
        }
    }

    private static IEnumerable<string> Breaks(ContractType before, ContractType after)
    {
        if (before.Kind != after.Kind)
            yield return $"{before.Name} was {before.Kind} and is {after.Kind}";
        foreach (var field in before.Fields)
        {
            var same = after.Fields.FirstOrDefault(each => each.Name == field.Name);
            if (same is null)
                yield return $"{before.Name}.{field.Name} is gone or has another name";
            else if (same.Type != field.Type)
                yield return $"{before.Name}.{field.Name} was {field.Type} and is {same.Type}";
            else if (field.IsOptional && !same.IsOptional)
                yield return $"{before.Name}.{field.Name} was optional and is required";
        }

        foreach (var added in after.Fields.ExceptBy(before.Fields.Select(field => field.Name), field => field.Name))
            if (!added.IsOptional && after.Kind != "enum")
                yield return $"{before.Name}.{added.Name} is new and required: an older sender leaves it out";
    }

    private static ContractField Field(string line)
    {
        var parts = line.Trim().Split(": ", 2);
        const string optional = " = optional";
        return parts[1].EndsWith(optional, StringComparison.Ordinal)
            ? new(parts[0], parts[1][..^optional.Length], IsOptional: true)
            : new(parts[0], parts[1], IsOptional: false);
    }
}
