using System.Text;
using Weir.Contracts.Ownership;
using Weir.Testing.Traits;
using Weir.Worker.Radio.Stations;

namespace Weir.Worker.Radio.Tests.Stations;

[Unit]
public sealed class StationListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-list-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Read_M3u_GivesIdsOfTitlesAndTheGroup()
    {
        var stations = await ReadAsync("a.m3u", "\uFEFF#EXTM3U\r\n#EXTINF:-1 group-title=\"News, talk\",Österreich 1!\r\nhttp://a.example/1\r\n\r\n# a word\nhttps://b.example/live/x?y=1\n#EXTINF:-1,Österreich 1!\nhttp://c.example/\n");

        Assert.Equal(["osterreich-1", "b-example-live-x", "osterreich-1-2"], stations.Select(station => station.Id));
        Assert.Equal("https://b.example/live/x?y=1", stations[1].Url);
        Assert.Equal("News, talk", stations[0].Labels["group"]);
        Assert.Equal("Österreich 1!", stations[0].Labels["name"]);
    }

    [Fact]
    public async Task Station_AsADeclaration_IsAFencedStreamOfKindRadio()
    {
        var station = Assert.Single(await ReadAsync("a.csv", "id,url,country\none,http://a.example/?x=1&y=ü,at\n"));

        var declared = station.ToDeclaration();

        Assert.Equal(("one", "radio", StreamClass.Fenced), (declared.StreamId, declared.Kind, declared.Class));
        Assert.Equal("""{"url":"http://a.example/?x=1&y=ü"}""", declared.Definition);
        Assert.Equal("at", declared.Labels!["country"]);
    }

    [Fact]
    public async Task Station_LongestAddress_FitsIntoADefinition()
    {
        var address = $"http://a.example/{new string('東', 1_300 - 17)}";
        var station = Assert.Single(await ReadAsync("a.csv", $"id,url\none,{address}\n"));

        Assert.InRange(Encoding.UTF8.GetByteCount(station.ToDeclaration().Definition!), 3_800, 4_096);
        await Assert.ThrowsAsync<StationListException>(() => ReadAsync("b.csv", $"id,url\none,{address}x\n"));
    }

    [Fact]
    public async Task Read_Pls_GoesByNumber()
    {
        var stations = await ReadAsync("a.pls", "[playlist]\nFile2=http://b.example/\nTitle2=Two\nFile1=http://a.example/\nTitle1=One\nLength1=-1\nVersion=2\n");

        Assert.Equal(["one", "two"], stations.Select(station => station.Id));
    }

    [Fact]
    public async Task Read_Csv_TakesOtherColumnsAsLabels()
    {
        var stations = await ReadAsync("a.csv", "country,id,url\r\nat,one,http://a.example/\r\n\r\n,two,\"http://b.example/?a=\"\"1,2\"\"\"\r\n");

        Assert.Equal("at", stations[0].Labels["country"]);
        Assert.Empty(stations[1].Labels);
        Assert.Equal("http://b.example/?a=\"1,2\"", stations[1].Url);
    }

    [Fact]
    public async Task Read_Json_TakesLabels()
    {
        var stations = await ReadAsync("a.json", """[{"id":"one","url":"http://a.example/","labels":{"country":"at"}}, {"id":"two","url":"http://b.example/"}]""");

        Assert.Equal(["one", "two"], stations.Select(station => station.Id));
        Assert.Equal("at", stations[0].Labels["country"]);
    }

    [Theory]
    [InlineData("a.m3u", "#EXTM3U\nhttp://a.example/\nfile:///etc/passwd\n", 3, "only http and https")]
    [InlineData("a.m3u", "http://a.example/\nno address\n", 2, "is no address")]
    [InlineData("a.m3u", "http://user:secret@a.example/\n", 1, "credentials")]
    [InlineData("a.pls", "File1=http://a.example/\n", 1, "begins with [playlist]")]
    [InlineData("a.pls", "[playlist]\nFile1=http://a.example/\nFile1=http://b.example/\n", 3, "stands in line 2 already")]
    [InlineData("a.csv", "name,url\nx,http://a.example/\n", 1, "no column 'id'")]
    [InlineData("a.csv", "id,url,ID\nx,http://a.example/,y\n", 1, "more than once")]
    [InlineData("a.csv", "id,url\none,http://a.example/\none,http://b.example/\n", 3, "stands in line 2 already")]
    [InlineData("a.csv", "id,url\none\n", 2, "1 values")]
    [InlineData("a.csv", "id,url\n\"one,http://a.example/\n", 2, "not closed")]
    [InlineData("a.csv", "id,url\n-one,http://a.example/\n", 2, "is no id")]
    [InlineData("a.csv", "id,url\none,\n", 2, "needs an address")]
    [InlineData("a.json", "[\n{\"id\":\"one\",\"url\":\"http://a.example/\"},\n{\"id\":\"two\"}]", 3, "'url' is missing")]
    [InlineData("a.json", "[\n{\"id\":\"one\",\"url\":\"http://a.example/\",\"labels\":{\"n\":1}}]", 2, "'n' is missing or no text")]
    [InlineData("a.json", "[\n{\"id\":\"one\",\"adress\":\"http://a.example/\"}]", 2, "no 'adress'")]
    [InlineData("a.json", "[\n{\"id\" \"one\"}]", 2, "no JSON")]
    [InlineData("a.json", "{}", 1, "it is no list")]
    [InlineData("a.json", "[5]", 1, "this is Number")]
    public async Task Read_SomethingWrong_SaysWhereAndWhat(string name, string text, int line, string what)
    {
        var fault = await Assert.ThrowsAsync<StationListException>(() => ReadAsync(name, text));

        Assert.Equal(line, fault.Line);
        Assert.StartsWith($"{fault.File}, line {line}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.m3u", "#EXTM3U\n", "names no station")]
    [InlineData("a.json", "[]", "names no station")]
    [InlineData("a.txt", "http://a.example/", "ends in none of")]
    public async Task Read_NoList_SaysSo(string name, string text, string what) =>
        Assert.Contains(what, (await Assert.ThrowsAsync<StationListException>(() => ReadAsync(name, text))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Read_FileIsNotThere_SaysSo()
    {
        var fault = await Assert.ThrowsAsync<StationListException>(() => StationList.ReadAsync(Path.Combine(_folder, "none.m3u"), TestContext.Current.CancellationToken));

        Assert.Contains("cannot be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_LabelsBeyondTheLimits_AreRefused()
    {
        var many = string.Join(',', Enumerable.Range(0, 17).Select(number => $"l{number}"));

        Assert.Contains("at most 16", (await Assert.ThrowsAsync<StationListException>(() => ReadAsync("a.csv", $"id,url,{many}\na,http://a.example/,{many}\n"))).Message, StringComparison.Ordinal);
        Assert.Contains("label 'long'", (await Assert.ThrowsAsync<StationListException>(() => ReadAsync("b.csv", $"id,url,long\na,http://a.example/,{new string('x', 65)}\n"))).Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<Station>> ReadAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return await StationList.ReadAsync(file, TestContext.Current.CancellationToken);
    }
}
