using Weir.Testing.Traits;

namespace Weir.TestRun.Sample;

[Load]
public sealed class SkippedSamples
{
    [Fact]
    public void IsSkipped() => Assert.Skip("the sample needs a moon");
}
