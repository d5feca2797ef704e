using System.CommandLine;
using System.Text.Json;
using Weir.Cli.Asking;
using Weir.Cli.Showing;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Catalogue;

/// <summary>`weir streams add -f`: brings the catalogue to what a file says, after it has shown what that changes.</summary>
internal static class AddVerb
{
    // Below the API's 256 KB, with room for the frame round the list.
    private const int BodyBytesMax = 200_000;
    private const int BatchMax = 1_000;
    private const int LinesShownMax = 50;

    internal static Command Build(ApiVerb verbs)
    {
        var file = new Option<FileInfo>("--file", "-f") { Description = "The streams, as .yaml, .json or .csv", HelpName = "streams.yaml", Required = true };
        var pool = new Option<string?>("--pool") { Description = "Their pool; without it what the file says, then the default one", HelpName = "default" };
        return verbs.Change(
            "add",
            "Declares the streams of a file: new ones are added, known ones changed, others stay as they are. Shows the difference first; once more changes nothing",
            "weir streams add -f streams.yaml",
            call => RunAsync(call, StreamFile.Read(call.Of(file)), call.Of(pool)),
            file,
            pool);
    }

    private static async Task<int> RunAsync(Call call, StreamFile file, string? pool)
    {
        pool ??= file.Pool ?? "default";
        var difference = await Difference.FindAsync(call, pool, file.Streams);
        if (!call.Show.IsJson || call.IsDryRun)
            Print(call, pool, difference);
        if (call.IsDryRun)
            return ExitCode.Ok;
        var outcome = new CatalogueOutcome("", pool, 0, 0, 0, difference.Unchanged);
        if (difference.ToSend.Count > 0)
        {
            call.Consent.Ask($"{difference.Words} in pool {pool}. Go on?");
            foreach (var part in Parts(difference.ToSend))
                outcome = Sum(outcome, await call.Api.ChangeAsync<CatalogueOutcome>(HttpMethod.Post, ApiRoutes.StreamsBatch, new StreamBatch { Pool = pool, Declare = part }, call.Cancel));
        }

        if (call.Show.IsJson) call.Show.Json(outcome);
        call.Show.Words.WriteLine($"{outcome.Added} added, {outcome.Changed} changed, {outcome.Unchanged} as they were.");
        return ExitCode.Ok;
    }

    private static void Print(Call call, string pool, Difference difference)
    {
        if (call.Show.IsJson)
        {
            call.Show.Json(new { pool, difference.Added, difference.Changed, difference.Unchanged });
            return;
        }

        foreach (var line in difference.Lines().Take(LinesShownMax))
            call.Show.Line(line);
        if (difference.ToSend.Count > LinesShownMax)
            call.Show.Line($"... and {Figures.Number(difference.ToSend.Count - LinesShownMax)} more: --dry-run --json shows all");
        call.Show.Words.WriteLine($"{difference.Words}, {difference.Unchanged} as they are.");
    }

    /// <summary>Each part is carried out as a whole or not at all; the file is not, where it needs several.</summary>
    internal static IEnumerable<IReadOnlyList<BatchEntry>> Parts(IReadOnlyList<BatchEntry> entries)
    {
        var (part, bytes) = (new List<BatchEntry>(), 0);
        foreach (var entry in entries)
        {
            var size = JsonSerializer.SerializeToUtf8Bytes(entry, ApiJson.Options).Length + 1;
            if (part.Count > 0 && (bytes + size > BodyBytesMax || part.Count == BatchMax))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(entry);
            bytes += size;
        }

        if (part.Count > 0) yield return part;
    }

    private static CatalogueOutcome Sum(CatalogueOutcome so, CatalogueOutcome far) =>
        new(far.Key, far.Pool, so.Added + far.Added, so.Changed + far.Changed, so.Withdrawn + far.Withdrawn, so.Unchanged + far.Unchanged);
}
