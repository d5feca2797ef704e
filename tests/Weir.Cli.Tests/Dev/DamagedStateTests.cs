using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Weir.Cli.Dev.Hosting;
using Weir.Cli.Storing;
using Weir.Persistence.Settings;
using Weir.Testing.Traits;

namespace Weir.Cli.Tests.Dev;

/// <summary>`weir dev` on a folder that is not as it left it: ends at once with 1, says what, why and what to do, and touches nothing.</summary>
[Integration]
[Slow]
public sealed class DamagedStateTests : IAsyncLifetime
{
    private const int Seed = 20260101;
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(30);

    private readonly Scratch _scratch = new();

    public static TheoryData<string, string[]> Damages => new()
    {
        { "garbage", ["weir.db'", "the fleet's state", "is no SQLite database", "Nothing of it was changed"] },
        { "half", ["is damaged"] },
        { "begin", ["is damaged"] },
        { "middle", ["is damaged"] },
        { "folder", ["is a folder"] },
        { "emptied", ["is empty", "weir.db-wal"] },
        { "gone but for its log", ["is empty", "weir.db-wal"] },
        { "plays", ["plays.db'", "what stations play", "is no SQLite database"] },
        { "later", ["is newer than this program", "99990101000000_Later"] },
        { "key", ["operator.key", "delete it, and a new one is made"] },
        { "log", ["weir.log' cannot be written"] },
    };

    public static TheoryData<string, string> Mounts => new()
    {
        { "mount --bind \"$D/weir.db\" \"$D/weir.db\"; mount -o remount,ro,bind \"$D/weir.db\"", "cannot be written" },
        { "mount --bind \"$D\" \"$D\"; mount -o remount,ro,bind \"$D\"", "cannot be used: Read-only file system" },
        { "mount -t tmpfs -o size=4k none \"$D\"", "no room is left" },
        { "mount -t tmpfs -o size=64k none \"$D\"", "no room is left" },
        { "mount -t tmpfs -o size=256k none \"$D\"", "no room is left" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => _scratch.Name("data");

    private string Database => Path.Combine(Data, "weir.db");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Data);
        await DevStore.MigrateAsync(new StoreAddress(DatabaseKind.Sqlite, $"Data Source={Database}"), Cancel);
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Dev_DamagedFile_EndsWith1AndWords_AndLeavesItAsItWas(string damage, string[] words)
    {
        await DamageAsync(damage);
        var before = Kept();

        await using var dev = DevProgram.Start("--demo", "--port", "0", "--data", Data);
        var code = await dev.EndsAsync(AtOnce, Cancel);

        AssertRefused(dev, code, words);
        Assert.Equal(before, Kept());
    }

    [Theory]
    [MemberData(nameof(Mounts))]
    public async Task Dev_FolderThatTakesNothing_EndsWith1AndWords(string mounts, string words)
    {
        Assert.SkipUnless(await CanMountAsync(), "unshare: no mount namespaces for this user");
        var before = Kept();

        await using var dev = DevProgram.StartWith($"D='{Data}'; {mounts}", "--demo", "--port", "0", "--data", Data);
        var code = await dev.EndsAsync(AtOnce, Cancel);

        AssertRefused(dev, code, words, "--data FOLDER");
        Assert.Equal(before, Kept());
    }

    [Fact]
    public async Task Dev_PortTaken_EndsWith1AndNamesAnother()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = FormattableString.Invariant($"{((IPEndPoint)other.LocalEndpoint).Port}");

        await using var dev = DevProgram.Start("--demo", "--port", port, "--data", Data);

        AssertRefused(dev, await dev.EndsAsync(AtOnce, Cancel), $"Port {port} of 127.0.0.1", "--port 0");
    }

    /// <summary>What a crash leaves is no damage: the log beside the file is taken in.</summary>
    [Fact]
    public async Task Dev_LogOfACrash_IsTakenIn()
    {
        await LeaveLogAsync("INSERT INTO counters (name, value) VALUES ('left', 1)");
        Assert.True(new FileInfo($"{Database}-wal").Length > 0);

        await using (var dev = DevProgram.Start("--demo", "--workers", "1", "--streams-count", "3", "--port", "0", "--data", Data))
        {
            await dev.SaysAsync("all 3 streams run", AtOnce * 2, Cancel);
            await dev.TellAsync("q");
            Assert.Equal(0, await dev.EndsAsync(AtOnce, Cancel));
        }

        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var look = connection.CreateCommand();
        look.CommandText = "SELECT value FROM counters WHERE name = 'left'";
        Assert.Equal(1L, await look.ExecuteScalarAsync(Cancel));
    }

    private static void AssertRefused(DevProgram dev, int code, params string[] words)
    {
        Assert.True(code == 1, $"{code}: {dev.Said}");
        Assert.All(words, word => Assert.Contains(word, dev.Said, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", dev.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", dev.Said, StringComparison.Ordinal);
    }

    private async Task DamageAsync(string damage)
    {
        var random = new Random(Seed);
        var whole = await File.ReadAllBytesAsync(Database, Cancel);
        switch (damage)
        {
            case "garbage":
                random.NextBytes(whole);
                await File.WriteAllBytesAsync(Database, whole, Cancel);
                break;
            case "half":
                await File.WriteAllBytesAsync(Database, whole[..(whole.Length / 2)], Cancel);
                break;
            case "begin":
                await File.WriteAllBytesAsync(Database, whole[..100], Cancel);
                break;
            case "middle":
                random.NextBytes(whole.AsSpan(whole.Length / 4, whole.Length / 2));
                await File.WriteAllBytesAsync(Database, whole, Cancel);
                break;
            case "folder":
                File.Delete(Database);
                Directory.CreateDirectory(Database);
                break;
            case "emptied" or "gone but for its log":
                await LeaveLogAsync("INSERT INTO counters (name, value) VALUES ('left', 1)");
                if (damage == "emptied")
                    await File.WriteAllBytesAsync(Database, [], Cancel);
                else
                    File.Delete(Database);
                break;
            case "plays":
                await File.WriteAllTextAsync(Path.Combine(Data, "plays.db"), new string('x', 8192), Cancel);
                break;
            case "later":
                await WriteAsync(Database, "INSERT INTO weir_migrations VALUES ('99990101000000_Later', '10.0.0')");
                break;
            case "key":
                var key = Path.Combine(Data, "operator.key");
                await File.WriteAllTextAsync(key, "nonsense", Cancel);
                File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                break;
            case "log":
                Directory.CreateDirectory(Path.Combine(Data, "weir.log"));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(damage), damage, "no such damage");
        }
    }

    /// <summary>As a process that was killed leaves it: file and log, copied while the log still holds the last words.</summary>
    private async Task LeaveLogAsync(string sql)
    {
        var other = _scratch.Name("whole.db");
        File.Copy(Database, other);
        await using var open = new SqliteConnection($"Data Source={other};Pooling=false");
        await open.OpenAsync(Cancel);
        await using (var write = open.CreateCommand())
        {
            write.CommandText = sql;
            await write.ExecuteNonQueryAsync(Cancel);
        }

        File.Copy(other, Database, overwrite: true);
        File.Copy($"{other}-wal", $"{Database}-wal", overwrite: true);
    }

    private static async Task WriteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var write = connection.CreateCommand();
        write.CommandText = sql;
        await write.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>The user's files by their bytes. What SQLite keeps in memory (-shm) and an empty log are nobody's.</summary>
    private List<string> Kept() =>
    [
        .. Directory.EnumerateFiles(Data, "*.db*").Concat(Directory.EnumerateFiles(Data, "operator.key"))
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && (new FileInfo(file).Length > 0 || !file.EndsWith("-wal", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];

    private static async Task<bool> CanMountAsync()
    {
        using var tried = System.Diagnostics.Process.Start("unshare", ["--user", "--map-root-user", "--mount", "true"]);
        await tried.WaitForExitAsync(Cancel);
        return tried.ExitCode == 0;
    }
}
