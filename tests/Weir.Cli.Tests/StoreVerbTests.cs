using Weir.Testing.Servers;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests;

/// <summary>`weir store migrate` on real databases: what it says, and that it may be said again.</summary>
[Integration]
public sealed class StoreVerbTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    [Slow]
    public async Task Migrate_EmptyPostgres_MakesItsTables_AndAgainFindsNothingToDo()
    {
        var servers = await TestServers.GetAsync(TestContext.Current.CancellationToken);
        await using var scope = await servers.ScopeAsync("cli-store", TestContext.Current.CancellationToken);

        var first = _scratch.Run(person: false, "store", "migrate", "--store", scope.Database.ConnectionString);
        var second = _scratch.Run(person: false, "store", "migrate", "--store", scope.Database.ConnectionString);

        Assert.True(first.Code == 0, first.Words);
        Assert.Contains("from empty to", first.Words, StringComparison.Ordinal);
        Assert.Equal(0, second.Code);
        Assert.Contains("Nothing to do", second.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrate_FileThatIsNotThere_MakesIt()
    {
        var file = _scratch.Name("weir.db");

        var (code, _, words) = _scratch.Run(person: false, "store", "migrate", "--store", $"Data Source={file}");

        Assert.True(code == 0, words);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void Migrate_DatabaseThatDoesNotAnswer_SaysWhichAndWhatToCheckWithoutThePassword()
    {
        var (code, _, words) = _scratch.Run(person: false, "store", "migrate", "--store", "Host=127.0.0.1;Port=1;Database=weir;Username=weir;Password=hush-canary;Timeout=2");

        Assert.Equal(1, code);
        Assert.Contains("cannot be reached", words, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-canary", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "name=value")]
    [InlineData("Server=x", "Host=")]
    [InlineData(" ", "WEIR_STORE")]
    public void Migrate_AddressThatIsNone_IsRefused(string address, string hint)
    {
        var (code, _, words) = _scratch.Run(person: false, "store", "migrate", "--store", address);

        Assert.Equal(2, code);
        Assert.Contains(hint, words, StringComparison.Ordinal);
    }
}
