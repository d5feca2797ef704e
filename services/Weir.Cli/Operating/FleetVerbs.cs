using System.CommandLine;
using Weir.Cli.Asking;
using Weir.Cli.Catalogue;

namespace Weir.Cli.Operating;

/// <summary>The verbs that ask the HTTP API.</summary>
internal static class FleetVerbs
{
    internal static IEnumerable<Command> Build(Terminal terminal)
    {
        var verbs = new ApiVerb(terminal);
        return
        [
            StatusVerb.Build(verbs),
            WorkerVerbs.Build(verbs),
            StreamVerbs.Build(verbs),
            ExplainVerb.Build(verbs),
            MigrationVerbs.Build(verbs),
            RebalanceVerb.Build(verbs),
            EventsVerb.Build(verbs),
        ];
    }
}
