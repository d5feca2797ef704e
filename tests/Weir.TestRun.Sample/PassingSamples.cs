using Weir.Testing.Traits;

namespace Weir.TestRun.Sample;

/// <summary>Each class ends in one way; the run's tests pick one by <c>--filter</c>.</summary>
[Unit]
public sealed class PassingSamples
{
    [Fact]
    [Seed("sample.line")]
    public void Passes() => Assert.True(true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PassesForEach(int row) => Assert.InRange(row, 1, 2);

    [Fact]
    public void PassesAndWrites() => Console.WriteLine("[weir-infra] a line of the program's own");
}
