using Xunit.v3;

namespace Weir.Testing.Traits;

/// <summary>What kind of test this is. Every test carries exactly one, on itself or its class; an architecture test checks it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public abstract class CategoryAttribute(string name) : Attribute, ITraitAttribute
{
    public string Name { get; } = name;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Category", Name)];
}
