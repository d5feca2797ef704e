using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Diagnostics.Access;

/// <summary>Reads the file of the operator's key, or makes it: 32 random bytes as text, readable by its owner alone, there whole or not at all.</summary>
internal static class KeyFile
{
    internal const int KeyBytes = 32;
    private const int FileBytesMax = 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>The key's text, and whether it was made now.</summary>
    /// <exception cref="KeyFileRefusedException">It cannot be read, written or trusted.</exception>
    internal static (string Key, bool IsNew) Open(string path)
    {
        try
        {
            if (!File.Exists(path) && TryMake(path) is { } made) return (made, true);
            return (Read(path), false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileRefusedException($"The operator's key file {path} cannot be used: {fault.Message}. Weir:Diagnostics:KeyFile names it", fault);
        }
    }

    private static string Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
            throw new KeyFileRefusedException($"The operator's key file {path} can be read by others than its owner: chmod 600 {path}");
        if (new FileInfo(path).Length > FileBytesMax) throw Unusable(path);
        var key = File.ReadAllText(path, Encoding.ASCII).Trim();
        return Base64Url.IsValid(key, out var bytes) && bytes >= KeyBytes ? key : throw Unusable(path);
    }

    // Two that start at once: one file wins, and the other reads it.
    private static string? TryMake(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnersFolder);
        }

        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            Write(draft, key);
            return NewName.TryTake(draft, path) ? key : null;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void Write(string path, string key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(key + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static KeyFileRefusedException Unusable(string path) =>
        new($"The operator's key file {path} holds no key of {KeyBytes} bytes as base64url: delete it, and a new one is made at the next start");
}
