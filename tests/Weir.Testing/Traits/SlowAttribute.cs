using Xunit.v3;

namespace Weir.Testing.Traits;

/// <summary>The test takes more than 2 s on 2 cores: <c>tests/run.sh --quick</c> leaves it out.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SlowAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Slow", "yes")];
}
