using System.Text;
using Weir.Testing.Traits;
using Weir.Worker.Ticker;

namespace Weir.Worker.Tests.Checks;

/// <summary>What the ticker writes is what it reads again, and what the checker, which knows nothing of it, reads by its own rules.</summary>
[Unit]
public sealed class TickLineTests
{
    [Theory]
    [InlineData('S', true, null)]
    [InlineData('T', false, null)]
    [InlineData('E', false, "Released")]
    public void Line_Written_IsReadAgain(char what, bool isFenced, string? reason)
    {
        var line = new TickLine(what, 1_000_000_007, 1_700_000_000_123, isFenced, "s:1.a", 1L << 40, 17, 3L << 35, 4, reason);

        Assert.True(TickLine.TryRead(Text(line), out var read));
        Assert.Equal(line, read);
    }

    [Fact]
    public void Tick_Written_IsReadByTheChecker()
    {
        var line = new TickLine('T', 7, 8, IsFenced: true, "s1", 9, 10, 11, 12, Reason: null);

        var read = Checker.TickLine.Read(Text(line), "w1-1-1")!.Value;

        Assert.Equal((7L, 8L, true, "s1", 9L, "w1-1-1#12"), (read.At, read.UnixMs, read.IsFenced, read.Stream, read.Epoch, read.Owner));
    }

    [Fact]
    public void Line_ThatIsCutOff_IsNone()
    {
        var whole = Text(new TickLine('T', 7, 8, IsFenced: true, "s1", 9, 10, 11, 12, Reason: null));

        for (var length = 0; length < whole.LastIndexOf(' ') + 1; length++)
            Assert.False(TickLine.TryRead(whole.AsSpan(0, length), out _), $"{length} characters");
        Assert.False(TickLine.TryRead("T 7 8 F s1 nine 10 11 12", out _));
        Assert.False(TickLine.TryRead("X 7 8 F s1 9 10 11 12", out _));
    }

    [Fact]
    public void Head_TellsTheWorker()
    {
        Assert.Equal("w1", TickLine.Worker(TickLine.Head("w1", TimeSpan.FromMilliseconds(100))));
        Assert.Null(TickLine.Worker("T 7 8 F s1 9 10 11 12"));
    }

    private static string Text(in TickLine line)
    {
        var text = new StringBuilder();
        line.AppendTo(text);
        return text.ToString().TrimEnd('\n');
    }
}
