using System.Globalization;
using System.Net;
using System.Text;
using Weir.Worker.Radio.Http;
using Weir.Worker.Radio.Stations;

namespace Weir.Worker.Radio.Tuning;

/// <summary>Finds a station's sound: follows redirects and playlists, a bounded number of them in all, and looks whether what comes is sound.</summary>
internal sealed class Tuner(StationHttp http)
{
    private const int AsksMost = 12;
    private const int PlaylistBytesMost = 64 * 1024;

    /// <param name="address">The station's.</param>
    /// <param name="cancel">Gives up: the caller bounds the time.</param>
    /// <exception cref="TuningException">There is no sound to be had.</exception>
    internal async Task<Tuned> TuneAsync(Uri address, CancellationToken cancel)
    {
        var (open, asked) = (new Stack<Uri>([address]), new HashSet<Uri>());
        TuningException? last = null;
        while (open.TryPop(out var next))
        {
            if (asked.Count == AsksMost)
                throw new TuningException(TuningFault.Loop, $"{AsksMost} addresses were asked and none was sound: {last?.Message ?? "redirects and playlists lead on and on"}");
            if (!asked.Add(next))
            {
                last = new TuningException(TuningFault.Loop, $"redirects or playlists lead back to {StationAddress.Shown(next)}");
                continue;
            }
            try
            {
                var (sound, onwards) = await AskAsync(next, cancel);
                if (sound is not null)
                    return sound;
                foreach (var one in onwards.Reverse())
                    open.Push(one);
            }
            catch (TuningException e)
            {
                last = e; // The playlist's next entry may do.
            }
        }
        throw last!;
    }

    private async Task<(Tuned? Sound, IEnumerable<Uri> Onwards)> AskAsync(Uri address, CancellationToken cancel)
    {
        if (StationAddress.Refusal(address) is { } refusal)
            throw new TuningException(TuningFault.Address, refusal);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await http.AskAsync(address, cancel);
            if (IsRedirect(answer.StatusCode))
                return (null, [Target(answer, address)]);
            if (!answer.IsSuccessStatusCode)
                throw new TuningException(TuningFault.Refused, $"{StationAddress.Shown(address)} answers {(int)answer.StatusCode} {Quote.Of(answer.ReasonPhrase)}");
            var (tuned, onwards) = await LookAsync(answer, address, cancel);
            if (tuned is not null)
                answer = null; // It goes with the sound.
            return (tuned, onwards);
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as TuningException ?? new TuningException(TuningFault.Unreachable, $"{StationAddress.Shown(address)} cannot be asked: {Innermost(e)}", e);
        }
        catch (IOException e)
        {
            throw new TuningException(TuningFault.Ended, $"{StationAddress.Shown(address)} broke off: {Innermost(e)}", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TuningException(TuningFault.TooLate, $"{StationAddress.Shown(address)} takes no connection in time", e);
        }
        finally
        {
            answer?.Dispose();
        }
    }

    private static async Task<(Tuned? Sound, IEnumerable<Uri> Onwards)> LookAsync(HttpResponseMessage answer, Uri address, CancellationToken cancel)
    {
        var shown = StationAddress.Shown(address);
        if (answer.Content.Headers.ContentEncoding.FirstOrDefault(coding => coding != "identity") is { } packed)
            throw new TuningException(TuningFault.NotAudio, $"{shown} sends {Quote.Of(packed)}, which was not asked for and is not unpacked");
        var body = await answer.Content.ReadAsStreamAsync(cancel);
        var type = answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.FirstOrDefault() : null;
        var said = ContentTypes.Of(type);
        var first = said == ContentKind.Other ? [] : await ReadAsync(body, FirstBytes.Wanted, [], cancel);
        var seen = FirstBytes.Of(first);
        if (said == ContentKind.Unknown && seen == ContentKind.Unknown)
        {
            first = await ReadAsync(body, FirstBytes.WantedAtMost, first, cancel);
            seen = FirstBytes.Of(first);
        }
        var isPlaylist = seen == ContentKind.Playlist || (said == ContentKind.Playlist && seen == ContentKind.Unknown);
        if (isPlaylist)
            return (null, PlaylistText.Addresses(await TextAsync(body, first, shown, cancel), address));
        var isSound = seen == ContentKind.Audio || (said == ContentKind.Audio && seen == ContentKind.Unknown);
        if (said == ContentKind.Other || !isSound)
            throw new TuningException(TuningFault.NotAudio, $"{shown} sends no sound (Content-Type {(type is null ? "none" : Quote.Of(type))})");
        return (new Tuned(answer, body, first, TitleEvery(answer, shown), address), []);
    }

    // A never-ending one ends here.
    private static async Task<string> TextAsync(Stream body, byte[] first, string shown, CancellationToken cancel)
    {
        var text = await ReadAsync(body, PlaylistBytesMost + 1, first, cancel);
        return text.Length <= PlaylistBytesMost
            ? Encoding.UTF8.GetString(text)
            : throw new TuningException(TuningFault.Playlist, $"{shown} is a playlist of more than {PlaylistBytesMost / 1024} KB");
    }

    private static async Task<byte[]> ReadAsync(Stream body, int most, byte[] first, CancellationToken cancel)
    {
        var bytes = new byte[most];
        first.CopyTo(bytes, 0);
        var read = await body.ReadAtLeastAsync(bytes.AsMemory(first.Length), most - first.Length, throwOnEndOfStream: false, cancel);
        return bytes[..(first.Length + read)];
    }

    private static long? TitleEvery(HttpResponseMessage answer, string shown)
    {
        if (!answer.Headers.NonValidated.TryGetValues("icy-metaint", out var values))
            return null;
        var text = values.First();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var every) && every <= int.MaxValue
            ? every == 0 ? null : every
            : throw new TuningException(TuningFault.NotAudio, $"{shown} says icy-metaint {Quote.Of(text)}, which is no distance between titles");
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static Uri Target(HttpResponseMessage answer, Uri from) =>
        answer.Headers.Location is { } location && Uri.TryCreate(from, location, out var target)
            ? target
            : throw new TuningException(TuningFault.Loop, $"{StationAddress.Shown(from)} redirects nowhere");

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;
        return Quote.Of(e.Message);
    }
}
