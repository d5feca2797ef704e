using System.Globalization;

namespace Weir.Cli.Dev;

/// <summary>The folder that outlives a run, held by one `weir dev` at a time. The system lets go of it however its holder ends.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly FileStream _lock;

    private DataFolder(DirectoryInfo folder, FileStream held) => (_folder, _lock) = (folder, held);

    internal string Path => _folder.FullName;

    internal string Database => File("weir.db");

    /// <summary>What stations that are really listened to play.</summary>
    internal string Plays => File("plays.db");

    /// <summary>The key that changes over HTTP need.</summary>
    internal string Key => File("operator.key");

    internal string Log => File("weir.log");

    /// <summary>Where workers leave the files by which the next process vouches for the last.</summary>
    internal string Workers => File("workers");

    /// <summary>Where workers that are processes keep the fences of their streams.</summary>
    internal string Fences => File("fences");

    /// <summary>Makes the folder where it is not there, and takes it.</summary>
    /// <exception cref="DevRefusedException">Another has it, or it cannot be used; the message says what to do.</exception>
    internal static DataFolder Take(DirectoryInfo folder)
    {
        var (held, holder) = (System.IO.Path.Combine(folder.FullName, "dev.lock"), System.IO.Path.Combine(folder.FullName, "dev.pid"));
        try
        {
            folder.Create();
            var taken = new DataFolder(folder, TakeLock(held, holder, folder));
            Directory.CreateDirectory(taken.Workers);
            Directory.CreateDirectory(taken.Fences);
            System.IO.File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DevRefusedException($"The folder '{folder.FullName}' cannot be used: {e.Message} Give another one with --data FOLDER, or let this user write there.", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(string held, string holder, DirectoryInfo folder)
    {
        try
        {
            return new FileStream(held, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (System.IO.File.Exists(held))
        {
            var who = System.IO.File.Exists(holder) ? $" (process {System.IO.File.ReadAllText(holder).Trim()})" : "";
            throw new DevRefusedException($"Another weir dev{who} has the folder '{folder.FullName}'. Stop that one with q or Ctrl-C, or give this one a folder of its own with --data FOLDER.", taken);
        }
    }

    private string File(string name) => System.IO.Path.Combine(_folder.FullName, name);
}
