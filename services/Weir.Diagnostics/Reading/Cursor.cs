using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Reading;

/// <summary>Where a list goes on: the last row's key and id, and a mark of the question it belongs to. Readable by nobody but this service, and good for ever.</summary>
internal static class Cursor
{
    private const int LengthMax = 1024;
    private const string Rule = "the value of next, as it was given, with the same filters and order, is right";

    internal static string Write(string question, string key, string id) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([Mark(question), key, id]));

    /// <summary>The key and the id; null where there is no cursor.</summary>
    internal static (string Key, string Id)? Read(string? cursor, string question)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        if (cursor.Length > LengthMax || !Base64Url.IsValid(cursor)) throw Refuse.Field("cursor", cursor, Rule);
        try
        {
            return JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor)) is [var mark, { } key, { } id] && mark == Mark(question)
                ? (key, id)
                : throw Refuse.Field("cursor", cursor, Rule);
        }
        catch (JsonException)
        {
            throw Refuse.Field("cursor", cursor, Rule);
        }
    }

    private static string Mark(string question) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(question)).AsSpan(0, 4));
}
