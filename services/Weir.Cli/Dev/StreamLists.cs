using Weir.Cli.Dev.Demo;
using Weir.Contracts.Catalogue;
using Weir.Worker.Radio.Stations;

namespace Weir.Cli.Dev;

/// <summary>The streams that a run declares.</summary>
internal static class StreamLists
{
    /// <returns>Null when the run declares none, and goes on with those it finds.</returns>
    /// <exception cref="InputException">The list cannot be used; the message names file, line and what would be right.</exception>
    internal static async Task<IReadOnlyList<StreamDeclaration>?> ReadAsync(DevSettings settings, CancellationToken cancel)
    {
        if (settings.StreamsFile is not { } file)
            return settings.Demo ? DemoFleet.Streams(settings.StreamsCount) : null;
        try
        {
            var stations = await StationList.ReadAsync(file.FullName, cancel);
            return [.. stations.Select(station => station.ToDeclaration())];
        }
        catch (StationListException refused)
        {
            throw new InputException(refused.Message);
        }
    }
}
