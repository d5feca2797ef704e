using Microsoft.Data.Sqlite;
using Weir.Cli.Dev.Hosting;
using Weir.Cli.Storing;
using Weir.Persistence.Settings;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests.Dev;

/// <summary>What is wrong is said in words, before anything is started.</summary>
[Unit]
public sealed class DevUsageTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("--workers is 0; right would be a whole number, 1 to 200", "--workers", "0")]
    [InlineData("1 to 200", "--workers", "201")]
    [InlineData("1 to 100000", "--streams-count", "0")]
    [InlineData("0 to 65535", "--port", "70000")]
    [InlineData("--no-such-flag", "--no-such-flag")]
    [InlineData("--workers is many; right would be a whole number, 1 to 200", "--workers", "many")]
    [InlineData("--workers is 1.5;", "--workers", "1.5")]
    [InlineData("--workers is 99999999999;", "--workers", "99999999999")]
    [InlineData("--port is empty;", "--port", "")]
    [InlineData("does not exist", "--streams", "/nowhere/stations.csv")]
    [InlineData("--bus", "--store", "Host=127.0.0.1")]
    [InlineData("amqp://", "--bus", "http://127.0.0.1", "--store", "Host=127.0.0.1")]
    public void Dev_WrongFlag_AnswersTwoWithWhatIsRight(string right, params string[] flags)
    {
        var (code, data, words) = _scratch.Run(person: false, ["dev", "--data", _scratch.Name("data"), .. flags]);

        Assert.Equal(2, code);
        Assert.Empty(data);
        Assert.Contains(right, words, StringComparison.Ordinal);
    }

    [Fact]
    public void Dev_DemoAndAList_AnswersTwo()
    {
        var list = _scratch.File("s.csv", "id,url\n");

        var (code, _, words) = _scratch.Run(person: false, "dev", "--demo", "--streams", list);

        Assert.Equal(2, code);
        Assert.Contains("give one of them", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Dev_FolderIsAFile_AnswersOneAndSaysWhatToDo()
    {
        var (code, _, words) = _scratch.Run(person: false, "dev", "--demo", "--data", _scratch.File("data", ""));

        Assert.Equal(1, code);
        Assert.Contains("--data FOLDER", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Dev_FolderOfAnother_AnswersOneAndNamesItsProcess()
    {
        using var held = Cli.Dev.DataFolder.Take(new DirectoryInfo(_scratch.Name("data")));

        var (code, _, words) = _scratch.Run(person: false, "dev", "--demo", "--data", _scratch.Name("data"));

        Assert.Equal(1, code);
        Assert.Contains($"Another weir dev (process {Environment.ProcessId})", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Dev_PortOfAnother_AnswersOneAndNamesAWayOut()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;

        var (code, _, words) = _scratch.Run(person: false, "dev", "--demo", "--data", _scratch.Name("data"), "--port", FormattableString.Invariant($"{port}"));

        Assert.Equal(1, code);
        Assert.Contains($"Port {port}", words, StringComparison.Ordinal);
        Assert.Contains("--port 0", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dev_DatabaseOfALaterProgram_AnswersOneAndChangesNothing()
    {
        var file = Path.Combine(Directory.CreateDirectory(_scratch.Name("data")).FullName, "weir.db");
        await DevStore.MigrateAsync(new StoreAddress(DatabaseKind.Sqlite, $"Data Source={file}"), TestContext.Current.CancellationToken);
        await using (var database = new SqliteConnection($"Data Source={file};Pooling=false"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var later = database.CreateCommand();
            later.CommandText = "INSERT INTO weir_migrations VALUES ('99990101000000_Later', '10.0.0')";
            await later.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var (code, _, words) = _scratch.Run(person: false, "dev", "--demo", "--data", _scratch.Name("data"), "--port", "0");

        Assert.Equal(1, code);
        Assert.Contains("newer than this program: it has 99990101000000_Later", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Dev_DatabaseIsNone_AnswersOneAndSaysWhatToDo()
    {
        Directory.CreateDirectory(_scratch.Name("data"));
        _scratch.File(Path.Combine("data", "weir.db"), new string('x', 4096));

        var (code, _, words) = _scratch.Run(person: false, "dev", "--demo", "--data", _scratch.Name("data"), "--port", "0");

        Assert.Equal(1, code);
        Assert.Contains("no SQLite database", words, StringComparison.Ordinal);
        Assert.Contains("--data FOLDER", words, StringComparison.Ordinal);
    }
}
