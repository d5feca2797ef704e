using System.Text;

namespace Weir.Worker.Agent;

/// <summary>
/// The file by which a process vouches for the one before it: whoever holds its lock knows that the process it names runs no more, so
/// that its streams need not wait its lease out. The system gives the lock back however a process ends.
/// </summary>
internal sealed class ProcessLock : IDisposable
{
    private const int NameMax = 64;

    private readonly FileStream? _file;

    private ProcessLock(FileStream? file, string? predecessor, string? why) => (_file, Predecessor, WhyNot) = (file, predecessor, why);

    /// <summary>The process that registered last, known to have ended; null when none is.</summary>
    internal string? Predecessor { get; }

    /// <summary>Why the lock was not got, in words; null when it was.</summary>
    internal string? WhyNot { get; }

    internal static string DefaultDirectory =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home ? home : Path.GetTempPath(), "weir");

    /// <summary>The process of a worker that last registered from this folder; null when none did, or one runs. Takes no lock.</summary>
    internal static string? Last(string directory, string workerId)
    {
        try
        {
            using var file = new FileStream(PathOf(directory, workerId), FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes the lock. Never fails: a worker without it runs as well, only its failover is slower.</summary>
    internal static ProcessLock Take(string? directory, string workerId)
    {
        var path = PathOf(directory ?? DefaultDirectory, workerId);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new ProcessLock(file, Read(file), why: null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ProcessLock(file: null, predecessor: null, $"{path}: {e.Message}");
        }
    }

    /// <summary>From now on the file names this process.</summary>
    internal void Name(string process)
    {
        if (_file is null)
            return;
        _file.SetLength(0);
        _file.Position = 0;
        _file.Write(Encoding.ASCII.GetBytes(process));
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file?.Dispose();

    private static string PathOf(string directory, string workerId) => Path.Combine(directory, $"worker-{workerId}.lock");

    private static string? Read(FileStream file)
    {
        var bytes = new byte[NameMax];
        var name = Encoding.ASCII.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        return name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? name : null;
    }
}
