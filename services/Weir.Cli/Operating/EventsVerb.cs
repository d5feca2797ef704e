using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Weir.Cli.Asking;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Operating;

/// <summary>`weir events`: facts as they happen, resumed where the connection was lost.</summary>
internal static class EventsVerb
{
    private const string GapName = "gap";
    private const int BodyShownMax = 160;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    internal static Command Build(ApiVerb verbs)
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on until Ctrl-C, over interruptions" };
        var after = new Option<string?>("--after") { Description = "First what came after this event, as far as the server keeps it", HelpName = "id" };
        var verb = verbs.Read("events", "Prints facts as they happen; with --json one object a line", "weir events -f --json", call => RunAsync(call, call.Of(follow), call.Of(after)), follow, after);
        verb.Validators.Add(given =>
        {
            if (!given.GetValue(follow) && given.GetValue(after) is null)
                given.AddError("Give -f to hear what comes, or --after ID for what was missed");
        });
        return verb;
    }

    private static async Task<int> RunAsync(Call call, bool follow, string? after)
    {
        var heard = new LastHeard(after);
        while (true)
        {
            try
            {
                await ListenAsync(call, heard, follow);
                if (!follow) return ExitCode.Ok;
                call.Show.Words.WriteLine("The stream of events ended; asking again.");
            }
            catch (OperationCanceledException) when (call.Cancel.IsCancellationRequested)
            {
                return ExitCode.Ok;
            }
            catch (Exception lost) when (follow && heard.IsAny && lost is IOException or HttpRequestException or ApiException { Code: ExitCode.Unhealthy })
            {
                call.Show.Words.WriteLine($"{lost.Message} Asking again.");
            }

            await Task.Delay(Again, call.Show.Terminal.Clock, call.Cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (call.Cancel.IsCancellationRequested) return ExitCode.Ok;
        }
    }

    private static async Task ListenAsync(Call call, LastHeard heard, bool follow)
    {
        using var answer = await call.Api.OpenAsync(ApiRoutes.Events, heard.Id, call.Cancel);
        heard.IsAny = true;
        await using var body = await answer.Content.ReadAsStreamAsync(call.Cancel);
        using var quiet = new CancellationTokenSource(Timeout.InfiniteTimeSpan, call.Show.Terminal.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, call.Cancel);
        try
        {
            // What was missed comes at once; a quiet second is its end.
            if (!follow) quiet.CancelAfter(Quiet);
            await foreach (var line in SseParser.Create(body).EnumerateAsync(either.Token))
            {
                heard.Id = line.EventId ?? heard.Id;
                Print(call, line.EventType, line.EventId, line.Data);
                if (!follow) quiet.CancelAfter(Quiet);
            }
        }
        catch (OperationCanceledException) when (quiet.IsCancellationRequested && !call.Cancel.IsCancellationRequested)
        {
            // That was all.
        }
    }

    private static void Print(Call call, string name, string? id, string data)
    {
        if (name == GapName)
        {
            var gap = JsonSerializer.Deserialize<EventGap>(data, ApiJson.Options);
            if (call.Show.IsJson) call.Show.JsonLine(new { id, gap });
            else call.Show.Words.WriteLine($"Facts are missing here: {gap?.Words}. Read the lists anew.");
            return;
        }

        if (JsonSerializer.Deserialize<FleetEvent>(data, ApiJson.Options) is not { } fact) return;
        if (call.Show.IsJson)
        {
            call.Show.JsonLine(new { id, fact.At, fact.Fact, fact.Pool, fact.Body });
            return;
        }

        var body = fact.Body.GetRawText();
        call.Show.Line(FormattableString.Invariant($"{fact.At.UtcDateTime:HH:mm:ss.fff} {fact.Fact,-20} {fact.Pool ?? "-"} {(body.Length > BodyShownMax ? body[..BodyShownMax] + "..." : body)}"));
        call.Show.Terminal.Data.Flush();
    }
}
