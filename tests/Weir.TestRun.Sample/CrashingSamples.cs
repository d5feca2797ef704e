using Weir.Testing.Traits;

namespace Weir.TestRun.Sample;

[Chaos]
public sealed class CrashingSamples
{
    [Fact]
    public void Crashes()
    {
        Console.Error.WriteLine("last words");
        Environment.FailFast("the sample's crash");
    }
}
