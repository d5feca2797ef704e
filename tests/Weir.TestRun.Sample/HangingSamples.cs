using System.Diagnostics;
using Weir.Testing.Traits;

namespace Weir.TestRun.Sample;

[Simulation]
public sealed class HangingSamples
{
    [Fact]
    [Slow]
    public void Hangs()
    {
        using var never = new ManualResetEventSlim();

        never.Wait(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void LeavesAChild()
    {
        using var child = Process.Start("sleep", "120");

        Assert.False(child.HasExited);
    }
}
