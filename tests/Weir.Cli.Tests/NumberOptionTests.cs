using Weir.Testing.Traits;

namespace Weir.Cli.Tests;

/// <summary>Every flag that takes a number refuses what is none, and what is out of its range, by its name and with what would be right.</summary>
[Unit]
public sealed class NumberOptionTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("--wait is soon; right would be a whole number, 0 to 86400", "status", "--wait", "soon")]
    [InlineData("--wait is -1;", "status", "--wait", "-1")]
    [InlineData("--timeout is 86401; right would be a whole number, 0 to 86400", "workers", "drain", "w1", "--timeout", "86401")]
    [InlineData("--limit is -1; right would be a whole number, 0 to 2147483647", "streams", "list", "--limit", "-1")]
    [InlineData("--look is 10001; right would be a whole number, 0 to 10000", "errors", "list", "--look", "10001")]
    [InlineData("--take is 0; right would be a whole number, 1 to 1000", "errors", "show", "weir.registry.streams_error", "--take", "0")]
    [InlineData("--body is 0x10; right would be a whole number, 0 to 262144", "errors", "show", "weir.registry.streams_error", "--body", "0x10")]
    [InlineData("--band is 0,5; right would be a number, 0 to 1", "plan", "--input", "fleet.json", "--band", "0,5")]
    public void Flag_NoNumberOfItsRange_AnswersTwoWithWhatIsRight(string said, params string[] words)
    {
        var (code, data, told) = _scratch.Run(person: false, words);

        Assert.Equal(2, code);
        Assert.Empty(data);
        Assert.Contains(said, told, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", told, StringComparison.Ordinal);
    }
}
