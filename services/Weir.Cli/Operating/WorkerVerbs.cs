using System.CommandLine;
using Weir.Cli.Asking;
using Weir.Cli.Showing;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Operating;

/// <summary>`weir workers`: who there is, and what an operator does with them.</summary>
internal static class WorkerVerbs
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    internal static Command Build(ApiVerb verbs) => new("workers", "weir workers list\n\n  Shows workers, empties them, and keeps streams away from them")
    {
        List(verbs),
        Get(verbs),
        Drain(verbs),
        Plain(verbs, "cordon", "Keeps new streams away from a worker; those it has stay", ApiRoutes.WorkerCordon),
        Plain(verbs, "uncordon", "Ends a cordon and a drain", ApiRoutes.WorkerUncordon),
        Forget(verbs),
    };

    private static Command List(ApiVerb verbs)
    {
        var listing = new Listing()
            .With("state", "Only these: live, cordoned, draining, suspect, lost, stopped", "live")
            .With("pool", "Only of this pool", "default")
            .With("label", "Only with this label; may be given again", "zone=a")
            .With("q", "Only whose id contains this", "radio")
            .With("sort", "By id, load, streams, state or capacity; with - before it from the highest down", "-load");
        return verbs.Read("list", "Lists workers with their load", "weir workers list --sort=-load", async call =>
            Listing.Print(
                call,
                await listing.ReadAsync<WorkerSummary>(call, ApiRoutes.Workers),
                ["WORKER", "POOL", "STATE", "STREAMS", "CAPACITY", "LOAD", "SILENT", "SINCE"],
                worker =>
                [
                    worker.Id, worker.Pool, Camel(worker.State.ToString()), Figures.Number(worker.Streams), Figures.Number(worker.Capacity), Figures.Percent(worker.Load),
                    worker.QuietMs == 0 ? "-" : Figures.Span(worker.QuietMs), Figures.At(worker.RegisteredAt),
                ],
                "No workers. Start one: compose/samples/FirstWorker, or Weir.Worker.Ticker."),
            listing.Options);
    }

    private static Command Get(ApiVerb verbs)
    {
        var id = Id();
        return verbs.Read("get", "Shows one worker with its lease, its process and its moves", "weir workers get w1", async call =>
        {
            var worker = await ReadAsync(call, id);
            if (call.Show.IsJson) call.Show.Json(worker);
            else Print(call.Show, worker);
            return ExitCode.Ok;
        }, id);
    }

    private static Command Drain(ApiVerb verbs)
    {
        var id = Id();
        var reason = new Option<string?>("--reason") { Description = "Why, for the record", HelpName = "words" };
        var wait = new Option<bool>("--wait") { Description = "Waits until the worker has no stream left" };
        var timeout = NumberOption.Of("--timeout", "How many seconds to wait at most", 0, NumberOption.SecondsMax, 300, "seconds");
        return verbs.Change("drain", "Moves every stream off a worker, one by one, and gives it none", "weir workers drain w1 --wait", async call =>
        {
            var worker = await ReadAsync(call, id);
            if (call.IsDryRun)
                return Say(call, worker, $"Would drain {worker.Id}: {Figures.Count(worker.Streams, "stream")} would move to others.");
            var accepted = await call.Api.ChangeAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(ApiRoutes.WorkerDrain, worker.Id), Why(call.Of(reason)), call.Cancel);
            return call.Of(wait) ? await WaitAsync(call, id, TimeSpan.FromSeconds(call.Of(timeout))) : Told(call, accepted);
        }, id, reason, wait, timeout);
    }

    private static async Task<int> WaitAsync(Call call, Argument<string> id, TimeSpan most)
    {
        WorkerDetail? now = null;
        var isEmpty = await Waiting.UntilAsync(
            call,
            most,
            Look,
            async () => (now = await ReadAsync(call, id)) is { Streams: 0 } && (now.Draining || now.State == WorkerStanding.Stopped),
            () => $"{now!.Id}: {Figures.Count(now.Streams, "stream")} left, {now.Leaving} on their way");
        if (call.Show.IsJson) call.Show.Json(now);
        call.Show.Words.WriteLine(isEmpty
            ? $"{now!.Id} has no stream left. It takes none until: weir workers uncordon {now.Id}"
            : $"{now!.Id} still has {Figures.Count(now.Streams, "stream")}. weir migrations list and weir explain STREAM say what they wait for; the drain goes on.");
        return isEmpty ? ExitCode.Ok : ExitCode.TimedOut;
    }

    private static Command Plain(ApiVerb verbs, string name, string does, string route)
    {
        var id = Id();
        var reason = new Option<string?>("--reason") { Description = "Why, for the record", HelpName = "words" };
        return verbs.Change(name, does, $"weir workers {name} w1", async call =>
        {
            var worker = await ReadAsync(call, id);
            return call.IsDryRun
                ? Say(call, worker, $"Would {name} {worker.Id}, which is {Camel(worker.State.ToString())} with {Figures.Count(worker.Streams, "stream")}.")
                : Told(call, await call.Api.ChangeAsync<Accepted>(HttpMethod.Post, ApiRoutes.With(route, worker.Id), Why(call.Of(reason)), call.Cancel));
        }, id, reason);
    }

    private static Command Forget(ApiVerb verbs)
    {
        var id = Id();
        return verbs.Change("forget", "Strikes a worker that is gone for good from the register; one that still runs registers again", "weir workers forget w1", async call =>
        {
            var worker = await ReadAsync(call, id);
            if (call.IsDryRun)
                return Say(call, worker, $"Would forget {worker.Id}, which is {Camel(worker.State.ToString())}.");
            call.Consent.AskForName($"{worker.Id} is {Camel(worker.State.ToString())} with {Figures.Count(worker.Streams, "stream")}, and will be struck from the register.", worker.Id);
            return Told(call, await call.Api.ChangeAsync<Accepted>(HttpMethod.Delete, ApiRoutes.With(ApiRoutes.Worker, worker.Id), body: null, call.Cancel));
        }, id);
    }

    private static Argument<string> Id() => new("worker") { Description = "The worker's id" };

    private static ActionReason Why(string? reason) => new(reason);

    private static Task<WorkerDetail> ReadAsync(Call call, Argument<string> id) => call.Api.GetAsync<WorkerDetail>(ApiRoutes.With(ApiRoutes.Worker, call.Of(id)), call.Cancel);

    private static int Say(Call call, WorkerDetail worker, string words)
    {
        if (call.Show.IsJson) call.Show.Json(worker);
        call.Show.Words.WriteLine(words);
        return ExitCode.Ok;
    }

    private static int Told(Call call, Accepted accepted)
    {
        if (call.Show.IsJson) call.Show.Json(accepted);
        call.Show.Words.WriteLine(accepted.Words);
        return ExitCode.Ok;
    }

    private static void Print(Show show, WorkerDetail worker)
    {
        show.Line($"{worker.Id} in pool {worker.Pool}: {Camel(worker.State.ToString())}{(worker.Cordoned ? ", cordoned" : "")}{(worker.Draining ? ", draining" : "")}");
        show.Line($"streams   {worker.Streams} of weight {Figures.Number(worker.Weight)} on capacity {Figures.Number(worker.Capacity)}: {Figures.Percent(worker.Load)}; {worker.Leaving} leaving, {worker.Coming} coming");
        show.Line($"handlers  {worker.Running} running, {worker.Stuck} stuck{(worker.CommandsUnread ? "; it reads no commands" : "")}");
        show.Line($"life      {worker.Incarnation} of process {worker.Process}, since {Figures.At(worker.RegisteredAt)}{(worker.Version is { } version ? $", version {version}" : "")}");
        show.Line($"lease     {(worker.QuietMs == 0 ? "beats" : $"silent for {Figures.Span(worker.QuietMs)}")}; suspect after {Figures.Span(worker.Lease.SuspectMs)}, fenced after {Figures.Span(worker.Lease.FenceAfterMs)}");
        if (worker.CpuShare is { } cpu) show.Line($"process   {Figures.Percent(cpu)} of its cores{(worker.MemoryBytes is { } memory ? $", {memory / 1_000_000} MB" : "")}");
        if (worker.Labels.Count > 0) show.Line($"labels    {string.Join(", ", worker.Labels.Select(label => $"{label.Key}={label.Value}"))}");
    }

    internal static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
