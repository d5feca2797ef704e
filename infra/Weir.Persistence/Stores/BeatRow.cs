using System.Text.Json.Serialization;
using Weir.Persistence.Maps;

namespace Weir.Persistence.Stores;

/// <summary>A beat as the statement of renewals reads it.</summary>
internal sealed record BeatRow(
    [property: JsonPropertyName("worker")] string Worker,
    [property: JsonPropertyName("incarnation")] long Incarnation,
    [property: JsonPropertyName("sequence")] long Sequence,
    [property: JsonPropertyName("digest")] long Digest,
    [property: JsonPropertyName("mark_read")] long MarkRead,
    [property: JsonPropertyName("stuck")] int Stuck,
    [property: JsonPropertyName("running")] int Running,
    [property: JsonPropertyName("cpu")] double? Cpu,
    [property: JsonPropertyName("memory")] long? Memory)
{
    internal static BeatRow Of(BeatReading reading)
    {
        var beat = reading.Beat;
        return new(
            beat.Worker.Value,
            beat.Incarnation.Value,
            beat.Sequence,
            Bits64Converter.ToSigned(beat.Digest),
            beat.MarkRead,
            beat.Stuck,
            reading.Vitals.Running,
            reading.Vitals.CpuShare,
            reading.Vitals.MemoryBytes);
    }
}
