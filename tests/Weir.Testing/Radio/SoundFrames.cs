namespace Weir.Testing.Radio;

/// <summary>Real MPEG-1 layer III sound, made as bytes: silence of 32 kbit/s, mono, 44.1 kHz.</summary>
public static class SoundFrames
{
    /// <summary>Of one frame, 1,152 samples.</summary>
    public const int FrameBytes = 104;

    /// <summary>How many frames a second there are.</summary>
    public const double FramesPerSecond = 44_100 / 1_152.0;

    /// <summary>How many bytes a second there are.</summary>
    public const double BytesPerSecond = FramesPerSecond * FrameBytes;

    // Sync, MPEG-1, layer III, no checksum; 32 kbit/s at 44.1 kHz; mono. With side information of zeros the frame is silent.
    private static readonly byte[] Header = [0xFF, 0xFB, 0x10, 0xC4];

    /// <summary>So many frames.</summary>
    public static byte[] Of(int frames)
    {
        var sound = new byte[frames * FrameBytes];
        for (var frame = 0; frame < frames; frame++) Header.CopyTo(sound, frame * FrameBytes);
        return sound;
    }
}
