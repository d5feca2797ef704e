using System.Globalization;
using Weir.Contracts.Leases;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Stores;

namespace Weir.Registry.Beats;

/// <summary>Reads a beat. One that cannot be read costs nobody else's.</summary>
internal static class BeatRules
{
    /// <summary>What is wrong with it, in words; null when it was read.</summary>
    internal static string? Read(WorkerBeat? message, out HeardBeat heard)
    {
        heard = default;
        if (message is null) return "the beat is empty";
        if (!WorkerId.TryParse(message.WorkerId, out var worker)) return Words.Fault("WorkerId", message.WorkerId, Names.PartRule);
        if (message.Incarnation is < 1 or > Epoch.Max) return Words.Fault("Incarnation", message.Incarnation, "1 to 2^53 - 1 is right");
        if (message.Sequence is < 1 or > Epoch.Max) return Words.Fault("Sequence", message.Sequence, "1 to 2^53 - 1 is right");
        if (message.MarkRead is < 0 or > Epoch.Max) return Words.Fault("MarkRead", message.MarkRead, "0 to 2^53 - 1 is right");
        if (message.Running < 0) return Words.Fault("Running", message.Running, "0 or more is right");
        if (message.Stuck < 0) return Words.Fault("Stuck", message.Stuck, "0 or more is right");
        if (message.ProcessId is not null && !Names.IsPart(message.ProcessId)) return Words.Fault("ProcessId", message.ProcessId, Names.PartRule);
        if (!TryDigest(message.Digest, out var digest)) return Words.Fault("Digest", message.Digest, "1 to 16 hexadecimal digits are right");

        var beat = new Beat(worker, new Incarnation(message.Incarnation), message.Sequence, digest, message.MarkRead, message.Stuck);
        heard = new HeardBeat(new BeatReading(beat, new BeatVitals(message.Running, Share(message.CpuShare), message.MemoryBytes is >= 0 ? message.MemoryBytes : null)), message.ProcessId);
        return null;
    }

    // On the wire the digest's 64 bits are hexadecimal digits; a worker that cannot say has the digest of nothing.
    private static bool TryDigest(string? text, out ulong digest)
    {
        digest = 0;
        return string.IsNullOrEmpty(text) || (text.Length <= 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out digest));
    }

    private static double? Share(double? share) => share is { } value && double.IsFinite(value) ? Math.Clamp(value, 0, 1) : null;
}
