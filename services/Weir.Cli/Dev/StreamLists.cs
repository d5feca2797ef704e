using Weir.Cli.Dev.Demo;
using Weir.Contracts.Catalogue;

namespace Weir.Cli.Dev;

/// <summary>The streams that a run declares.</summary>
internal static class StreamLists
{
    /// <returns>Null when the run declares none, and goes on with those it finds.</returns>
    internal static IReadOnlyList<StreamDeclaration>? Of(DevSettings settings) =>
        settings.Demo ? DemoFleet.Streams(settings.StreamsCount) : null;
}
