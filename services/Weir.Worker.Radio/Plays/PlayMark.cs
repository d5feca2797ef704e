using System.Text.Json;

namespace Weir.Worker.Radio.Plays;

/// <summary>The checkpoint: the last play, so that the next owner goes on with it instead of writing it down twice.</summary>
/// <param name="BeganMs">As in the row.</param>
/// <param name="Title">As in the row.</param>
/// <param name="SeenMs">As in the row.</param>
/// <param name="HasEnded">Whether the row is closed.</param>
internal sealed record PlayMark(long BeganMs, string Title, long SeenMs, bool HasEnded)
{
    internal static PlayMark Of(Play play) => new(play.BeganMs, play.Title, play.SeenMs, play.EndedMs is not null);

    // One that does not read is another program's, or a later version's: the stations go on, with a row of their own.
    internal static PlayMark? Read(string? checkpoint)
    {
        try
        {
            return checkpoint is null ? null : JsonSerializer.Deserialize<PlayMark>(checkpoint, JsonSerializerOptions.Web) is { Title: not null } mark ? mark : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
