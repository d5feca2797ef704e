using System.Text;

namespace Weir.Testing.Servers;

/// <summary>
/// A name that RabbitMQ, PostgreSQL, a URI and a shell all take without quoting: a to z, 0 to 9 and _, a letter
/// first, at most 63 long.
/// </summary>
internal static class ScopeName
{
    // PostgreSQL cuts longer names, without an error.
    private const int Longest = 63;
    private const string Prefix = "t_";

    /// <param name="name">Whatever the test is called.</param>
    /// <param name="unique">Letters and digits that tell apart two scopes of one name; kept whole.</param>
    public static string From(string name, string unique)
    {
        var safe = new StringBuilder(Prefix);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c)) safe.Append(char.ToLowerInvariant(c));
            else if (safe[^1] != '_') safe.Append('_');
        }

        var room = Longest - unique.Length - 1;
        return safe.ToString(0, Math.Min(safe.Length, room)).TrimEnd('_') + "_" + unique;
    }
}
