using System.CommandLine;
using Weir.Cli.Asking;
using Weir.Cli.Showing;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Operating;

/// <summary>`weir migrations`: the moves under way and how earlier ones ended.</summary>
internal static class MigrationVerbs
{
    internal static Command Build(ApiVerb verbs)
    {
        var listing = new Listing().With("state", "Only these: releasing, starting, completed, rolledBack, failed", "releasing");
        return new Command("migrations", "weir migrations list\n\n  Shows moves")
        {
            verbs.Read("list", "Lists moves, the latest first", "weir migrations list --state releasing", async call =>
                Listing.Print(
                    call,
                    await listing.ReadAsync<MigrationSummary>(call, ApiRoutes.Migrations),
                    ["STREAM", "STATE", "FROM", "TO", "WHY", "BEGUN", "TOOK", "ASKED"],
                    move =>
                    [
                        move.Stream, move.State, move.From ?? "-", move.To ?? "-", move.Reason ?? "-", Figures.At(move.StartedAt), move.TookMs is { } took ? Figures.Span(took) : "-", Figures.Number(move.Asked),
                    ],
                    "No moves."),
                listing.Options),
        };
    }
}
