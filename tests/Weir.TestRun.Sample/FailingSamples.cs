using Weir.Testing.Traits;

namespace Weir.TestRun.Sample;

[Integration]
public sealed class FailingSamples
{
    [Fact]
    public void Fails() => Assert.Fail("the sample's reason");
}
