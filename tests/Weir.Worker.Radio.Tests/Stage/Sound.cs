using System.Text;
using Weir.Testing.Radio;

namespace Weir.Worker.Radio.Tests.Stage;

/// <summary>Answers with sound.</summary>
internal static class Sound
{
    internal const string Plain = "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n";

    /// <summary>The distance between titles in <see cref="Titled"/>.</summary>
    internal const int Every = 1_040;

    internal const string Titled = "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nicy-metaint: 1040\r\n\r\n";

    /// <summary>A second of it, more or less.</summary>
    internal static byte[] Second => SoundFrames.Of(40);

    /// <summary>Sound with a title after each distance.</summary>
    internal static byte[] With(params string[] titles)
    {
        var bytes = new List<byte>();
        foreach (var title in titles)
        {
            bytes.AddRange(SoundFrames.Of(Every / SoundFrames.FrameBytes));
            var text = title.Length == 0 ? [] : Encoding.UTF8.GetBytes($"StreamTitle='{title}';");
            var blocks = (text.Length + 15) / 16;
            bytes.Add((byte)blocks);
            bytes.AddRange(text);
            bytes.AddRange(new byte[blocks * 16 - text.Length]);
        }
        return [.. bytes];
    }
}
