using Weir.Cli.Asking;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Doctor;

/// <summary>Whether the API answers, what it says of the fleet, and whether changes could be made from here.</summary>
internal static class ApiCheck
{
    internal static async Task<IReadOnlyList<Finding>> LookAsync(Uri address, string keyFile, CancellationToken cancel)
    {
        using var api = new ApiClient(address, keyFile);
        try
        {
            var status = await api.GetAsync<FleetStatus>(ApiRoutes.Status, cancel);
            return [Finding.Ok("api", $"{address} answers: {status.Streams.Running} of {status.Streams.Total} streams run on {status.Workers.Live} workers"), Owners(status), Key(keyFile)];
        }
        catch (ApiException refused)
        {
            return [Finding.Failed("api", refused.Message, "start Weir.Diagnostics, or look into its log; without it streams run on and nobody sees them")];
        }
    }

    private static Finding Owners(FleetStatus status) => status.Streams is { Unowned: 0, Quarantined: 0 }
        ? Finding.Ok("streams", "each has an owner")
        : Finding.Failed("streams", $"{status.Streams.Unowned} without an owner, {status.Streams.Quarantined} in quarantine", "weir streams list --state unowned,quarantined, then weir explain STREAM");

    private static Finding Key(string file)
    {
        if (!File.Exists(file))
            return Finding.Warning("key", $"no operator's key at {file}", $"name its file with --key-file or {ApiSource.KeyVariable} before you change anything");
        var others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & others) != UnixFileMode.None
            ? Finding.Failed("key", $"others can read the operator's key {file}", $"chmod 600 {file}, and have a new one made: delete it and start Weir.Diagnostics again")
            : Finding.Ok("key", $"the operator's key is at {file}, readable by its owner alone");
    }
}
