using System.Text;
using CsCheck;
using Weir.Testing.Traits;
using Weir.Worker.Radio.Listening;

namespace Weir.Worker.Radio.Tests.Listening;

[Unit]
public sealed class IcyTitlesTests
{
    [Fact]
    public void Property_AnyCutOfTheBytes_GivesTheSameTitles() =>
        Gen.Select(Gen.Int[1, 40], Gen.String.Array[0, 6], Gen.Int[1, 50].Array[1, 200]).Sample((every, titles, cuts) =>
        {
            var bytes = Bytes(every, titles);
            var wanted = titles.Select(title => TitleText.Of(Encoding.UTF8.GetBytes($"StreamTitle='{title}';"))).ToList();

            var byOne = Feed(every, bytes, [1]);

            Assert.Equal(wanted, byOne);
            Assert.Equal(wanted.LastOrDefault(), Feed(every, bytes, cuts).LastOrDefault());
        }, iter: 200);

    [Fact]
    public void Feed_WithoutTitles_TakesAllAsSound() => Assert.Null(new IcyTitles(null).Feed("StreamTitle='x';"u8));

    [Fact]
    public void Feed_EmptyPlaces_AreCountedAndTellNothing()
    {
        var titles = new IcyTitles(2);

        Assert.Null(titles.Feed([1, 1, 0, 1, 1, 0, 1]));
        Assert.Equal(2, titles.Places);
    }

    [Fact]
    public void Feed_BlockThatHasNotEnded_IsNoPlaceThatWentBy()
    {
        var titles = new IcyTitles(1);

        Assert.Null(titles.Feed([9, 1, .. "StreamTitle"u8]));
        Assert.Equal(0, titles.Places);
        Assert.Equal("a", titles.Feed("='a';"u8));
        Assert.Equal(1, titles.Places);
    }

    [Fact]
    public void Feed_LargestBlock_IsTaken()
    {
        var block = new byte[255 * 16];
        Encoding.ASCII.GetBytes($"StreamTitle='{new string('y', 4000)}").CopyTo(block, 0);

        Assert.Equal(new string('y', 500), new IcyTitles(1).Feed([9, 255, .. block]));
    }

    [Fact]
    public void Feed_FarthestDistance_TakesNoMemoryForIt() => Assert.Null(new IcyTitles(int.MaxValue).Feed(new byte[100_000]));

    private static List<string?> Feed(int every, byte[] bytes, int[] cuts)
    {
        var (titles, found, at) = (new IcyTitles(every), new List<string?>(), 0);
        for (var cut = 0; at < bytes.Length; cut++)
        {
            var taken = Math.Min(cuts[cut % cuts.Length], bytes.Length - at);
            if (titles.Feed(bytes.AsSpan(at, taken)) is { } title)
                found.Add(title);
            at += taken;
        }
        return found;
    }

    private static byte[] Bytes(int every, string[] titles)
    {
        var bytes = new List<byte>();
        foreach (var title in titles)
        {
            var text = Encoding.UTF8.GetBytes($"StreamTitle='{title}';");
            var blocks = (text.Length + 15) / 16;
            bytes.AddRange(Enumerable.Repeat((byte)0xFF, every));
            bytes.Add((byte)blocks);
            bytes.AddRange(text);
            bytes.AddRange(new byte[blocks * 16 - text.Length]);
        }
        return [.. bytes];
    }
}
