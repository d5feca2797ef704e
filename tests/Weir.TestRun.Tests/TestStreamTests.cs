using Weir.Testing.Traits;

namespace Weir.TestRun.Tests;

[Unit]
public sealed class TestStreamTests
{
    private const string Starting =
        """{"$type":"test-starting","TestUniqueID":"t1","TestDisplayName":"A.B.C(x: 1)","Traits":{"Category":["unit"],"Slow":["yes"],"Seed":["1.1","1.2"]}}""";

    [Fact]
    [Seed("run.markers")]
    public void Take_TestThatPassed_KeepsItsNameTimeAndTraits()
    {
        var stream = new TestStream("P");

        stream.Take(Starting);
        var result = stream.Take("""{"$type":"test-passed","TestUniqueID":"t1","ExecutionTime":0.25}""");

        Assert.NotNull(result);
        Assert.Equal(("A.B.C(x: 1)", "A.B.C", "unit", true), (result.Name, result.Method, result.Category, result.Slow));
        Assert.Equal(250, result.Ms);
        Assert.Equal(["1.1", "1.2"], result.Seeds);
        Assert.Empty(stream.UnderWay);
    }

    [Fact]
    public void Take_TestThatDidNotEnd_IsUnderWay()
    {
        var stream = new TestStream("P");

        stream.Take(Starting);

        Assert.Equal(["A.B.C(x: 1)"], stream.UnderWay);
        Assert.False(stream.Finished);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("test-class-cleanup-failure")]
    [InlineData("test-assembly-cleanup-failure")]
    public void Take_FailureOutsideATest_CountsAsAFailure(string type)
    {
        var stream = new TestStream("P");

        var result = stream.Take($$"""{"$type":"{{type}}","Messages":["a fixture threw"],"StackTraces":["at X"]}""");

        Assert.NotNull(result);
        Assert.Equal(TestOutcome.Failed, result.Outcome);
        Assert.Contains("a fixture threw", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_LinesOfTheProgramsOwn_KeepsTheLast200()
    {
        var stream = new TestStream("P");

        for (var i = 0; i < 300; i++)
            stream.Take($"line {i}");

        Assert.Equal(200, stream.OwnOutput.Count());
        Assert.Equal("line 299", stream.OwnOutput.Last());
    }
}
