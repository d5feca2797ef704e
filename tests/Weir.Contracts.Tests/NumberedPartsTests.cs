using System.Text.Json;
using Weir.Contracts.Catalogue;
using Weir.Testing.Traits;

namespace Weir.Contracts.Tests;

/// <summary>A request for many streams is cut into parts that every receiver takes.</summary>
[Unit]
public sealed class NumberedPartsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(200, 1)]
    [InlineData(201, 2)]
    [InlineData(10_000, 50)]
    public void Declaration_OfManySmallStreams_HasThemAllInOrder_200APart(int streams, int parts)
    {
        var all = Enumerable.Range(1, streams).Select(i => new StreamDeclaration($"s{i}", "k")).ToList();

        var cut = DeclareStreams.InParts("key", "pool", all, "me", "weir.ask.me");

        Assert.Equal(parts, cut.Count);
        Assert.Equal(Enumerable.Range(1, parts), cut.Select(part => part.Part));
        Assert.All(cut, part => Assert.Equal(("key", "pool", parts, "me", "weir.ask.me"), (part.Key, part.Pool, part.Parts, part.By, part.AnswerTo)));
        Assert.Equal(all, cut.SelectMany(part => part.Streams));
    }

    [Theory]
    [InlineData('x', 4096)]
    [InlineData('"', 2048)]
    [InlineData('ä', 1024)]
    public void Declaration_OfStreamsWithLargeDefinitions_KeepsToTheBytesOfAMessage(char filling, int length)
    {
        var all = Enumerable.Range(1, 400).Select(i => new StreamDeclaration($"s{i}", "k", Definition: new string(filling, length))).ToList();

        var cut = DeclareStreams.InParts("key", "pool", all);

        Assert.Equal(all, cut.SelectMany(part => part.Streams));
        Assert.All(cut, part => Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(part, JsonSerializerOptions.Web).Length, 1, MessageLimits.SentBytesMax - 4096));
        // As few as fit: no two neighbours would go into one.
        Assert.All(cut.Zip(cut.Skip(1)), pair => Assert.True(
            pair.First.Streams.Concat(pair.Second.Streams.Take(1)).Sum(stream => JsonSerializer.SerializeToUtf8Bytes(stream, JsonSerializerOptions.Web).Length) > MessageLimits.SentBytesMax - (9 * 1024)));
    }

    [Fact]
    public void Declaration_OfNothingOrOfMoreThan500Parts_IsRefusedInWords()
    {
        var tooMany = Assert.Throws<ArgumentException>(() => DeclareStreams.InParts("key", "pool", Enumerable.Range(1, 100_001).Select(i => new StreamDeclaration($"s{i}", "k"))));

        Assert.Contains("these streams need 501", tooMany.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DeclareStreams.InParts("key", "pool", []));
        Assert.Equal(500, DeclareStreams.InParts("key", "pool", Enumerable.Range(1, 100_000).Select(i => new StreamDeclaration($"s{i}", "k"))).Count);
    }

    [Fact]
    public void Withdrawal_IsCutAlike()
    {
        var all = Enumerable.Range(1, 450).Select(i => $"s{i}").ToList();

        var cut = WithdrawStreams.InParts("key", "pool", all, "me");

        Assert.Equal([200, 200, 50], cut.Select(part => part.StreamIds.Count));
        Assert.Equal(all, cut.SelectMany(part => part.StreamIds));
        Assert.All(cut, part => Assert.Equal(("key", "pool", 3, "me", null), (part.Key, part.Pool, part.Parts, part.By, part.AnswerTo)));
    }
}
