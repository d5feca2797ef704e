using Weir.Contracts;
using Weir.Contracts.Registration;
using Weir.Core.Identity;
using Weir.Core.Registration;

namespace Weir.Registry.Registration;

/// <summary>What a registration must be like before anything is decided on it. JSON leaves out what it likes, so everything is looked at.</summary>
internal static class RegistrationRules
{
    internal const string DefaultPool = "default";
    private const int VersionMax = 64;

    /// <summary>Whether its sender can be told: worker and process name its queue.</summary>
    internal static bool IsAnswerable(RegisterWorker message) => Names.IsPart(message.WorkerId) && Names.IsPart(message.ProcessId);

    /// <summary>What is wrong with it, in words; null when nothing is.</summary>
    internal static string? Fault(RegisterWorker message)
    {
        if (!Names.IsPart(message.WorkerId)) return Words.Fault("WorkerId", message.WorkerId, Names.PartRule);
        if (!Names.IsPart(message.ProcessId)) return Words.Fault("ProcessId", message.ProcessId, Names.PartRule);
        if (message.Attempt < 1) return Words.Fault("Attempt", message.Attempt, "1 or more is right");
        if (message.Pool is not null && !PoolName.IsAllowed(message.Pool)) return Words.Fault("Pool", message.Pool, Names.PoolRule);
        if (!CapacityRule.Allows(message.Capacity)) return Words.Fault("Capacity", message.Capacity, $"{CapacityRule.Right} is right");
        if (message.Parts is < 1 or > HoldingParts.PartsMax) return Words.Fault("Parts", message.Parts, $"1 to {HoldingParts.PartsMax} is right");
        if (message.Part < 1 || message.Part > message.Parts) return Words.Fault("Part", message.Part, $"1 to Parts, {message.Parts}, is right");
        if (message.Version is { } version && (version.Length > VersionMax || version.Any(char.IsControl)))
            return Words.Fault("Version", version, $"at most {VersionMax} characters and no control character are right");
        if (Names.LabelsFault(message.Labels) is { } labels) return labels;
        if (message.HighestEpoch is < 0 or > Epoch.Max) return Words.Fault("HighestEpoch", message.HighestEpoch, "0 to 2^53 - 1 is right");
        if (message.Predecessor is not null && !Names.IsPart(message.Predecessor)) return Words.Fault("Predecessor", message.Predecessor, Names.PartRule);
        return HoldingsFault(message.Holdings);
    }

    /// <summary>What is wrong with a list of holdings, in words; null when nothing is.</summary>
    internal static string? HoldingsFault(IReadOnlyList<Holding>? holdings)
    {
        if (holdings is null) return null;
        if (holdings.Count > MessageLimits.StreamsMax) return Words.Fault("Holdings", $"{holdings.Count} streams", $"at most {MessageLimits.StreamsMax} a part are right");
        foreach (var held in holdings)
        {
            if (!StreamId.TryParse(held?.StreamId, out _)) return Words.Fault("Holdings.StreamId", held?.StreamId, "1 to 128 letters, digits or any of . _ : -, a letter or digit first, are right");
            if (held!.Epoch is < 1 or > Epoch.Max) return Words.Fault("Holdings.Epoch", held.Epoch, "1 to 2^53 - 1 is right");
        }

        return null;
    }
}
