using CsCheck;
using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Testing.Traits;

namespace Weir.Core.Tests;

[Unit]
public sealed class IdentityTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("radio:1.fm_x-2")]
    [InlineData("0123456789")]
    public void StreamId_TextWithinTheRule_IsTaken(string text) => Assert.Equal(text, StreamId.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("a/b")]
    public void StreamId_TextOutsideTheRule_IsRefusedWithTheRule(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => StreamId.Parse(text));

        Assert.Contains("1 to 128 letters", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StreamId_LengthLimit_IsExact()
    {
        Assert.True(StreamId.TryParse(new string('a', 128), out _));
        Assert.False(StreamId.TryParse(new string('a', 129), out _));
        Assert.False(StreamId.TryParse(null, out _));
    }

    [Fact]
    public void StreamId_HostileText_IsShownShortAndWithoutControlCharacters()
    {
        var refusal = Assert.Throws<FormatException>(() => StreamId.Parse("\u001b[31m" + new string('x', 5000)));

        Assert.DoesNotContain('\u001b', refusal.Message);
        Assert.Contains("5005 characters", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Message.Length < 250);
    }

    [Theory]
    [InlineData(16, 64, 64, null)]
    [InlineData(1, 1, 0, null)]
    [InlineData(17, 64, 64, "17 labels")]
    [InlineData(1, 65, 64, "names of 1 to 64")]
    [InlineData(1, 0, 64, "names of 1 to 64")]
    [InlineData(1, 64, 65, "at most 64")]
    public void Labels_Limits_AreExact(int count, int name, int value, string? fault)
    {
        var labels = Enumerable.Range(0, count).ToDictionary(i => new string((char)('a' + i), name), _ => new string('v', value), StringComparer.Ordinal);

        var found = LabelRule.Fault(labels);

        Assert.Equal(fault is null, found is null);
        Assert.Contains(fault ?? "", $"{found?.Value} {found?.Right}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w1", true)]
    [InlineData("Radio-7", true)]
    [InlineData("-w", false)]
    [InlineData("w.1", false)]
    [InlineData("w_1", false)]
    [InlineData("", false)]
    public void WorkerId_FollowsItsRule(string text, bool taken) => Assert.Equal(taken, WorkerId.TryParse(text, out _));

    [Fact]
    public void Property_EpochsOfALaterEraAreAboveAllOfAnEarlierOne() =>
        Gen.Select(Gen.Int[0, Era.Max - 1], Gen.Long[0, Epoch.PerEra - 1], Gen.Long[0, Epoch.PerEra - 1]).Sample((era, early, late) =>
        {
            var before = new Era(era).At(early);
            var after = new Era(era + 1).At(late);

            Assert.True(before < after);
            Assert.True(after.Value < 1L << 53, "exact in a JSON number");
            Assert.Equal(era, before.Era.Value);
        });

    [Fact]
    public void Era_CounterHasRunOut_StopsInsteadOfReusingAnEpoch()
    {
        var violated = Assert.Throws<InvariantViolatedException>(() => new Era(3).At(Epoch.PerEra));

        Assert.Equal("S2", violated.Invariant);
    }
}
