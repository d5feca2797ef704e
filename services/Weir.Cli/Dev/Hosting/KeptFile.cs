using Microsoft.Data.Sqlite;

namespace Weir.Cli.Dev.Hosting;

/// <summary>
/// Looks at a database file of the folder before anything writes there. What it refuses is as it was: SQLite itself would take what is
/// beside a damaged file for left-overs, and throw it away.
/// </summary>
internal static class KeptFile
{
    private const int Busy = 5;

    private static readonly byte[] Begins = "SQLite format 3\0"u8.ToArray();

    /// <param name="file">Its path. One that is not there, or was only just begun, is as it should be.</param>
    /// <param name="what">What is in it, for people.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="DevRefusedException">It cannot be used; the message says why and what to do.</exception>
    internal static async Task CheckAsync(string file, string what, CancellationToken cancel)
    {
        if (Directory.Exists(file))
            throw Refused(file, what, "is a folder, not a file");
        if (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            if (new FileInfo(Log(file)) is { Exists: true, Length: > 0 })
                throw Refused(file, what, $"is empty, and {Log(file)} beside it is not: its first part is lost");
            return;
        }

        await CheckBeginAsync(file, what, cancel);
        await CheckWholeAsync(file, what, cancel);
    }

    private static async Task CheckBeginAsync(string file, string what, CancellationToken cancel)
    {
        var (begin, read) = (new byte[Begins.Length], 0);
        try
        {
            await using var opened = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            read = await opened.ReadAtLeastAsync(begin, begin.Length, throwOnEndOfStream: false, cancel);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new DevRefusedException(
                $"The file '{file}', which holds {what}, cannot be written: {denied.Message.TrimEnd('.')}. Let this user write it (chmod u+rw '{file}'; a file system that is mounted read-only takes nothing), or give another folder with --data FOLDER.", denied);
        }

        if (!begin.AsSpan(0, read).SequenceEqual(Begins))
            throw Refused(file, what, "is no SQLite database");
    }

    private static async Task CheckWholeAsync(string file, string what, CancellationToken cancel)
    {
        // Read-only: the last connection that may write would move the log into the file when it closes.
        var address = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString;
        try
        {
            await using var connection = new SqliteConnection(address);
            await connection.OpenAsync(cancel);
            await using var look = connection.CreateCommand();
            look.CommandText = "PRAGMA quick_check(1)";
            if (await look.ExecuteScalarAsync(cancel) is not "ok" and var found)
                throw Refused(file, what, $"is damaged: {OneLine(found)}");
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == Busy)
        {
            throw new DevRefusedException($"Another program has the file '{file}', which holds {what}, for itself. End that one, or give another folder with --data FOLDER.", busy);
        }
        catch (SqliteException damaged)
        {
            throw Refused(file, what, $"is damaged: {OneLine(damaged.Message)}", damaged);
        }
    }

    private static DevRefusedException Refused(string file, string what, string found, Exception? why = null) => new(
        $"'{file}', which is to hold {what}, {found}. Nothing of it was changed. Put a whole copy in its place; or move it away (mv '{file}'* TO-ANOTHER-FOLDER), and a new one is made; or give another folder with --data FOLDER.", why);

    private static string Log(string file) => $"{file}-wal";

    private static string OneLine(object? words) => $"{words}".ReplaceLineEndings(" ").Trim().TrimEnd('.');
}
