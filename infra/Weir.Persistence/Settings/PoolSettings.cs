using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Core.Assignments;
using Weir.Core.Leases;
using Weir.Core.Planning;

namespace Weir.Persistence.Settings;

/// <summary>
/// A pool's own figures, as <c>pools.settings</c> holds them: a JSON object that names what differs from its profile. Durations are
/// in milliseconds and end in <c>Ms</c>.
/// </summary>
public sealed record PoolSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter<PoolProfile>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What a pool has that sets nothing: profile <see cref="PoolProfile.Fast"/>.</summary>
    public static PoolSettings Default { get; } = new();

    /// <summary>Where the figures that are not set come from.</summary>
    /// <value>Fast.</value>
    public PoolProfile Profile { get; init; }

    /// <summary>How often a worker beats.</summary>
    /// <value>Fast 2,000; Relaxed 60,000.</value>
    public int? BeatMs { get; init; }

    /// <summary>Silence after which a worker is given nothing new.</summary>
    /// <value>Fast 3,000; Relaxed 120,000.</value>
    public int? SuspectMs { get; init; }

    /// <summary>Silence after which an incarnation is fenced.</summary>
    /// <value>Fast 4,000; Relaxed 300,000.</value>
    public int? FenceAfterMs { get; init; }

    /// <summary>How long a lease lasts.</summary>
    /// <value>Fast 8,000; Relaxed 300,000.</value>
    public int? TtlMs { get; init; }

    /// <summary>How often Registry looks at the sequences.</summary>
    /// <value>Fast 250; Relaxed 5,000.</value>
    public int? LookMs { get; init; }

    /// <summary>Half the width of the band that weighted loads are brought into, as a part of a worker's share: 0 to 1.</summary>
    /// <value>0.05.</value>
    public double? Band { get; init; }

    /// <summary>How far a worker may be from its share before streams are moved by choice: <see cref="Band"/> to 10.</summary>
    /// <value>Fast 0.10; Relaxed 0.20.</value>
    public double? OuterBand { get; init; }

    /// <summary>Most migrations under way at once; drains count, placements do not. 1 to 10,000.</summary>
    /// <value>Fast 200; Relaxed 10.</value>
    public int? MovesInFlight { get; init; }

    /// <summary>
    /// Most migrations under way at once from one worker, or to one: each stream rests from its release to its start, and the more are
    /// released together the longer the last of them rests. 1 to 10,000.
    /// </summary>
    /// <value>Fast 8; Relaxed 3.</value>
    public int? MovesAWorker { get; init; }

    /// <summary>How long a stream that was moved by choice stays where it is.</summary>
    /// <value>60,000.</value>
    public int? CoolDownMs { get; init; }

    /// <summary>How long the fleet must have been the same before streams are moved by choice. Placements and drains never wait.</summary>
    /// <value>Fast 1,000; Relaxed 10,000.</value>
    public int? SettleMs { get; init; }

    /// <summary>How long a cut-off worker may go on with a Fenced stream that does not say it itself.</summary>
    /// <value>300,000.</value>
    public int? LocalModeFencedMs { get; init; }

    /// <summary>The same for an Unfenced stream; it lengthens the failover as much.</summary>
    /// <value>0.</value>
    public int? LocalModeUnfencedMs { get; init; }

    /// <summary>The figures of leases.</summary>
    public LeaseTimes Lease()
    {
        var basis = Profile == PoolProfile.Fast ? LeaseTimes.Fast : LeaseTimes.Relaxed;
        return new(
            Span(BeatMs) ?? basis.Beat,
            Span(SuspectMs) ?? basis.Suspect,
            Span(FenceAfterMs) ?? basis.FenceAfter,
            Span(TtlMs) ?? basis.Ttl,
            Span(LookMs) ?? basis.Look);
    }

    /// <summary>How the pool is planned. What limits a single plan, such as moves under way, is the loop's to add.</summary>
    public Policy Planning() => new()
    {
        Band = Band ?? 0.05,
        OuterBand = Math.Max(Band ?? 0.05, OuterBand ?? (Profile == PoolProfile.Fast ? 0.10 : 0.20)),
        CoolDownSeconds = (CoolDownMs ?? 60_000) / 1000d,
    };

    /// <summary><see cref="MovesInFlight"/> or its default.</summary>
    public int MovesInFlightMax() => MovesInFlight ?? (Profile == PoolProfile.Fast ? 200 : 10);

    /// <summary><see cref="MovesAWorker"/> or its default.</summary>
    public int MovesAWorkerMax() => MovesAWorker ?? (Profile == PoolProfile.Fast ? 8 : 3);

    /// <summary><see cref="SettleMs"/> or its default.</summary>
    public TimeSpan Settle() => Span(SettleMs) ?? TimeSpan.FromSeconds(Profile == PoolProfile.Fast ? 1 : 10);

    /// <summary>What a stream of the class is granted that asks for nothing.</summary>
    public TimeSpan LocalModeFor(StreamClass streamClass) => streamClass == StreamClass.Fenced
        ? Span(LocalModeFencedMs) ?? TimeSpan.FromMinutes(5)
        : Span(LocalModeUnfencedMs) ?? TimeSpan.Zero;

    /// <summary>Reads what a row holds.</summary>
    /// <exception cref="PoolSettingsRefusedException">A name is unknown, or the figures contradict each other; the message says which.</exception>
    public static PoolSettings Parse(string json)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<PoolSettings>(json, Json) ?? Default;
            settings.Check();
            return settings;
        }
        catch (JsonException unreadable)
        {
            throw new PoolSettingsRefusedException($"pool settings {json} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The object to keep: only what is set.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Refuses figures that are out of range or order.</summary>
    /// <exception cref="PoolSettingsRefusedException">Which, and what would be right.</exception>
    public void Check()
    {
        var lease = Lease();
        Require(
            TimeSpan.Zero < lease.Look && lease.Look < lease.Beat && lease.Beat < lease.Suspect && lease.Suspect < lease.FenceAfter && lease.FenceAfter <= lease.Ttl,
            $"lookMs {lease.Look.TotalMilliseconds} < beatMs {lease.Beat.TotalMilliseconds} < suspectMs {lease.Suspect.TotalMilliseconds} < fenceAfterMs {lease.FenceAfter.TotalMilliseconds} <= ttlMs {lease.Ttl.TotalMilliseconds} does not hold");
        Require(MovesInFlightMax() is >= 1 and <= 10_000, $"movesInFlight {MovesInFlight} is not 1 to 10,000");
        Require(MovesAWorkerMax() is >= 1 and <= 10_000, $"movesAWorker {MovesAWorker} is not 1 to 10,000");
        Require(Settle() >= TimeSpan.Zero, $"settleMs {SettleMs} is below 0");
        Require(LocalModeFencedMs is null or >= 0, $"localModeFencedMs {LocalModeFencedMs} is below 0");
        Require(LocalModeUnfencedMs is null or >= 0, $"localModeUnfencedMs {LocalModeUnfencedMs} is below 0");
        try
        {
            Planning().Validate();
        }
        catch (ArgumentException refused)
        {
            throw new PoolSettingsRefusedException($"pool settings: {refused.Message}", refused);
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new PoolSettingsRefusedException($"pool settings: {otherwise}");
    }

    private static TimeSpan? Span(int? milliseconds) => milliseconds is { } figure ? TimeSpan.FromMilliseconds(figure) : null;
}
