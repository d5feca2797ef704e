using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Changes;

/// <summary>Who asks, and under which key.</summary>
internal static class Asker
{
    /// <summary>As the audit has it, until there are keys for each person.</summary>
    internal const string Name = "operator";

    internal const string KeyHeader = "Idempotency-Key";
    private const int KeyMax = 128;

    /// <summary>The header's key, or a new one for a request that is not to be asked twice.</summary>
    internal static string Key(HttpRequest request)
    {
        var given = request.Headers[KeyHeader].ToString();
        if (given.Length == 0) return $"http-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
        return given.Length <= KeyMax && given.All(letter => letter is > ' ' and < (char)127)
            ? given
            : throw Refuse.Field(KeyHeader, given, $"1 to {KeyMax} characters without spaces are right");
    }
}
