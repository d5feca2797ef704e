using System.Runtime.InteropServices;

namespace Weir.Diagnostics.Access;

/// <summary>Gives a file a name that no other file has. The runtime's own move looks first and renames then, and so two movers may both win.</summary>
internal static partial class NewName
{
    private const int Exists = 17;

    /// <returns>False where the name is taken; the file then keeps its old one.</returns>
    /// <exception cref="IOException">The name cannot be given.</exception>
    internal static bool TryTake(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(from, to) == 0)
            {
                File.Delete(from);
                return true;
            }

            if (Marshal.GetLastPInvokeError() == Exists) return false;
        }

        // Windows moves in one step; a file system without links has nothing better than to look first.
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
