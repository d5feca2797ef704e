using Xunit.v3;

namespace Weir.Testing.Traits;

/// <summary>
/// The test shows this line of the document the project starts from. <c>tests/seed.json</c> lists the ids;
/// <c>tests/SEED.md</c>, generated from both, says for each line which tests show it and how they ended.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class SeedAttribute(string id) : Attribute, ITraitAttribute
{
    public string Id { get; } = id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Seed", Id)];
}
