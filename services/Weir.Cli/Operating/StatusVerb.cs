using System.CommandLine;
using Weir.Cli.Asking;
using Weir.Cli.Showing;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Operating;

/// <summary>`weir status`: the fleet on one screen.</summary>
internal static class StatusVerb
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    internal static Command Build(ApiVerb verbs)
    {
        var wait = NumberOption.Of("--wait", "Waits at most so many seconds until every stream runs that is to", 0, NumberOption.SecondsMax, "seconds");
        return verbs.Read(
            "status",
            $"Counts streams and workers and says how level they are. Ends with {ExitCode.Unhealthy} while a stream has no owner or is in quarantine, or a worker is silent",
            "weir status --wait 60",
            call => RunAsync(call, call.Of(wait)),
            wait);
    }

    private static async Task<int> RunAsync(Call call, int? seconds)
    {
        var status = await call.Api.GetAsync<FleetStatus>(ApiRoutes.Status, call.Cancel);
        var code = IsWell(status) ? ExitCode.Ok : ExitCode.Unhealthy;
        if (seconds is { } most && !IsSettled(status))
        {
            var settled = await Waiting.UntilAsync(
                call,
                TimeSpan.FromSeconds(most),
                Look,
                async () => IsSettled(status = await call.Api.GetAsync<FleetStatus>(ApiRoutes.Status, call.Cancel)),
                () => $"{status.Streams.Running} of {status.Streams.Total - status.Streams.Paused} streams run");
            code = !settled ? ExitCode.TimedOut : IsWell(status) ? ExitCode.Ok : ExitCode.Unhealthy;
        }

        Print(call.Show, status);
        return code;
    }

    private static bool IsWell(FleetStatus status) => status.Streams is { Unowned: 0, Quarantined: 0 } && status.Workers.Suspect == 0;

    private static bool IsSettled(FleetStatus status) => IsWell(status) && status.Streams.Starting == 0;

    private static void Print(Show show, FleetStatus status)
    {
        if (show.IsJson)
        {
            show.Json(status);
            return;
        }

        var (streams, workers, balance) = (status.Streams, status.Workers, status.Balance);
        show.Line($"streams  {streams.Running} of {streams.Total} running, {streams.Starting} starting, {streams.Unowned} unowned, {streams.Quarantined} quarantined, {streams.Paused} paused");
        show.Line($"workers  {workers.Live} live, {workers.Suspect} suspect, {workers.Draining} draining, {workers.Cordoned} cordoned, {workers.Lost} lost");
        show.Line($"balance  score {Figures.Number(balance.Score)} of 1, highest less lowest load {Figures.Percent(balance.Spread)}");
        if (streams.Unowned > 0) show.Words.WriteLine("Streams without an owner: weir streams list --state unowned, then weir explain STREAM");
        if (streams.Quarantined > 0) show.Words.WriteLine("Streams in quarantine: weir streams list --state quarantined; mend their cause, then weir streams resume STREAM");
        if (workers.Suspect > 0) show.Words.WriteLine("Workers that are silent: weir workers list --state suspect");
    }
}
