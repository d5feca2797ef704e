using System.CommandLine;
using Weir.Cli.Asking;
using Weir.Cli.Operating;
using Weir.Cli.Showing;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Catalogue;

/// <summary>`weir streams`: what is to run, and where it runs.</summary>
internal static class StreamVerbs
{
    private const int IdsMax = 200;

    internal static Command Build(ApiVerb verbs) => new("streams", "weir streams list --state unowned\n\n  Shows streams, declares them, and takes them out")
    {
        List(verbs),
        Get(verbs),
        AddVerb.Build(verbs),
        Remove(verbs),
        Hold(verbs, "pause", "Stops streams until they are resumed; they stay in the catalogue", ApiRoutes.StreamPause),
        Hold(verbs, "resume", "Ends a pause or a quarantine", ApiRoutes.StreamResume),
    };

    private static Command List(ApiVerb verbs)
    {
        var listing = new Listing()
            .With("state", "Only these: running, starting, unowned, quarantined, paused", "unowned")
            .With("worker", "Only what this worker has", "w1")
            .With("kind", "Only of this kind", "radio")
            .With("pool", "Only of this pool", "default")
            .With("label", "Only with this label; may be given again", "city=Bern")
            .With("q", "Only whose id contains this", "news")
            .With("sort", "By what the API names; with - before it from the highest down", "id");
        return verbs.Read("list", "Lists streams with their owners", "weir streams list --state unowned --limit 0", async call =>
            Listing.Print(
                call,
                await listing.ReadAsync<StreamSummary>(call, ApiRoutes.Streams),
                ["STREAM", "POOL", "KIND", "STATE", "WORKER", "EPOCH", "WEIGHT", "CLASS", ""],
                stream =>
                [
                    stream.Id, stream.Pool, stream.Kind, WorkerVerbs.Camel(stream.State.ToString()), stream.Worker ?? "-", Figures.Number(stream.Epoch),
                    Figures.Number(stream.Load ?? stream.Weight), stream.Class, stream.Migrating ? "moving" : "",
                ],
                "No streams. Declare some: weir streams add -f compose/samples/streams.yaml"),
            listing.Options);
    }

    private static Command Get(ApiVerb verbs)
    {
        var id = new Argument<string>("stream") { Description = "The stream's id" };
        return verbs.Read("get", "Shows one stream", "weir streams get radio-17", async call =>
        {
            var stream = await call.Api.GetAsync<StreamDetail>(ApiRoutes.With(ApiRoutes.Stream, call.Of(id)), call.Cancel);
            if (call.Show.IsJson) call.Show.Json(stream);
            else Print(call.Show, stream);
            return ExitCode.Ok;
        }, id);
    }

    private static void Print(Show show, StreamDetail stream)
    {
        show.Line($"{stream.Id} in pool {stream.Pool}: {WorkerVerbs.Camel(stream.State.ToString())}{(stream.Worker is { } worker ? $" on {worker}" : "")}{(stream.UnownedBecause is { } why ? $" ({why})" : "")}");
        show.Line($"kind      {stream.Kind}, {stream.Class}, weight {Figures.Number(stream.Weight)}{(stream.Load is { } load ? $", load {Figures.Number(load)}" : "")}");
        show.Line($"owner     {stream.Ownership}, epoch {stream.Epoch}, incarnation {stream.Incarnation}, since {Figures.At(stream.Since)}");
        show.Line($"declared  {Figures.At(stream.DeclaredAt)}; goes on for {Figures.Span(stream.LocalModeMs)} where its worker is cut off");
        if (stream.Position is { } position) show.Line($"position  {position}, reported {Figures.At(stream.ReportedAt)}");
        if (stream.Failures > 0) show.Line($"failures  {stream.Failures}");
        if (stream.PinnedTo is { } pin) show.Line($"pinned    {pin}");
        if (stream.Labels.Count > 0) show.Line($"labels    {string.Join(", ", stream.Labels.Select(label => $"{label.Key}={label.Value}"))}");
        if (stream.Definition is { } definition) show.Line($"defined   {definition.GetRawText()}");
        if (stream.Migration is { } move) show.Line($"moving    {move.State} from {move.From ?? "?"} to {move.To ?? "?"} since {Figures.At(move.StartedAt)}");
    }

    private static Command Remove(ApiVerb verbs)
    {
        var ids = Ids();
        return verbs.Change("remove", "Takes streams out of the catalogue; whoever runs them stops", "weir streams remove radio-17", async call =>
        {
            var streams = await ReadAsync(call, call.Of(ids));
            if (call.IsDryRun)
                return Say(call, streams, "Would remove");
            var (name, what) = streams.Count == 1 ? (streams[0].Id, streams[0].Id) : (Figures.Number(streams.Count), Figures.Count(streams.Count, "stream"));
            call.Consent.AskForName($"{what} will be stopped and taken out of the catalogue.", name);
            var outcomes = new List<CatalogueOutcome>();
            foreach (var stream in streams)
                outcomes.Add(await call.Api.ChangeAsync<CatalogueOutcome>(HttpMethod.Delete, ApiRoutes.With(ApiRoutes.Stream, stream.Id), body: null, call.Cancel));
            if (call.Show.IsJson) call.Show.Json(new Page<CatalogueOutcome>(outcomes, Next: null));
            call.Show.Words.WriteLine($"Removed {Figures.Count(outcomes.Sum(outcome => outcome.Withdrawn), "stream")}.");
            return ExitCode.Ok;
        }, ids);
    }

    private static Command Hold(ApiVerb verbs, string name, string does, string route)
    {
        var ids = Ids();
        var reason = new Option<string?>("--reason") { Description = "Why, for the record", HelpName = "words" };
        return verbs.Change(name, does, $"weir streams {name} radio-17", async call =>
        {
            var streams = await ReadAsync(call, call.Of(ids));
            if (call.IsDryRun)
                return Say(call, streams, $"Would {name}");
            var done = new List<Accepted>();
            foreach (var stream in streams)
            {
                done.Add(await call.Api.ChangeAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(route, stream.Id), new ActionReason(call.Of(reason)), call.Cancel));
                call.Show.Words.WriteLine($"{stream.Id}: {done[^1].Words}");
            }

            if (call.Show.IsJson) call.Show.Json(new Page<Accepted>(done, Next: null));
            return ExitCode.Ok;
        }, ids, reason);
    }

    private static Argument<string[]> Ids()
    {
        var ids = new Argument<string[]>("streams") { Description = $"Their ids, 1 to {IdsMax}", Arity = ArgumentArity.OneOrMore };
        ids.Validators.Add(given =>
        {
            if (given.Tokens.Count > IdsMax) given.AddError($"{given.Tokens.Count} streams are given; {IdsMax} at once at most");
        });
        return ids;
    }

    /// <summary>All of them before any is touched: one that is not there stops the whole.</summary>
    private static async Task<IReadOnlyList<StreamDetail>> ReadAsync(Call call, string[] ids)
    {
        var streams = new List<StreamDetail>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
            streams.Add(await call.Api.GetAsync<StreamDetail>(ApiRoutes.With(ApiRoutes.Stream, id), call.Cancel));
        return streams;
    }

    private static int Say(Call call, IReadOnlyList<StreamDetail> streams, string would)
    {
        if (call.Show.IsJson) call.Show.Json(new Page<StreamDetail>(streams, Next: null));
        foreach (var stream in streams)
            call.Show.Words.WriteLine($"{would} {stream.Id}, which is {WorkerVerbs.Camel(stream.State.ToString())}{(stream.Worker is { } worker ? $" on {worker}" : "")}.");
        return ExitCode.Ok;
    }
}
