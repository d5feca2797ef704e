namespace Weir.Worker.Radio.Tuning;

/// <summary>A station's sound, open for reading.</summary>
/// <param name="Answer">Disposed with this.</param>
/// <param name="Sound">The rest of the sound, titles between it.</param>
/// <param name="First">What was read of it already.</param>
/// <param name="TitleEvery">How many bytes of sound lie between two titles; null where it tells none.</param>
/// <param name="At">Where it was found at last.</param>
internal sealed record Tuned(HttpResponseMessage Answer, Stream Sound, ReadOnlyMemory<byte> First, long? TitleEvery, Uri At) : IDisposable
{
    public void Dispose()
    {
        Sound.Dispose();
        Answer.Dispose();
    }
}
