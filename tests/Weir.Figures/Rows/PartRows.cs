using Weir.Figures.Fleet;
using Weir.Figures.Ticks;
using Weir.Testing.Servers;

namespace Weir.Figures.Rows;

/// <summary>A part of the control plane dies and comes back; the streams must not notice more than they have to.</summary>
internal static class PartRows
{
    private const int Seed = 20260101;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    public static Task<IReadOnlyList<Figure>> OrchestratorAsync(Stage stage, CancellationToken cancel) => MeasureAsync(
        stage, (fleet, round, token) => KillAsync(fleet, fleet.Orchestrators, round, token), cancel);

    public static Task<IReadOnlyList<Figure>> RegistryAsync(Stage stage, CancellationToken cancel) => MeasureAsync(
        stage, (fleet, round, token) => KillAsync(fleet, fleet.Registries, round, token), cancel);

    public static Task<IReadOnlyList<Figure>> BrokerAsync(Stage stage, CancellationToken cancel) => MeasureAsync(
        stage, (fleet, _, token) => RestartAsync(fleet.Broker, token), cancel);

    public static Task<IReadOnlyList<Figure>> DatabaseAsync(Stage stage, CancellationToken cancel) => MeasureAsync(
        stage, (fleet, _, token) => RestartAsync(fleet.Database, token), cancel);

    private static async Task KillAsync(RealFleet fleet, List<ChildProgram> services, int round, CancellationToken cancel)
    {
        var at = round % services.Count;
        services[at].Kill();
        await services[at].EndsAsync(Bound, cancel);
        await fleet.ReviveAsync(services, at, cancel);
    }

    private static async Task RestartAsync(TestServer server, CancellationToken cancel)
    {
        await server.KillAsync(cancel);
        await server.RestartAsync(cancel);
    }

    // Every other round a worker joins as the part dies, so that moves are under way; in the others no stream may move at all.
    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        Stage stage, Func<RealFleet, int, CancellationToken, Task> breakAsync, CancellationToken cancel)
    {
        var fleet = await stage.FleetAsync(new FleetSettings(), cancel);
        var chance = new Random(Seed);
        var (planned, quiet, moved, gaps) = (new List<double>(), new List<double>(), 0, new List<double>());
        for (var round = 0; round < stage.Rounds(20, 2); round++)
        {
            var (before, from) = (await fleet.Table.OwnersAsync(cancel), BootClock.Now);
            var joins = round % 2 == 1;
            if (joins) await fleet.AddWorkerAsync($"joiner{round}", cancel);
            await BootClock.PassAsync(TimeSpan.FromMilliseconds(chance.Next(2_000)), cancel);
            await breakAsync(fleet, round, cancel);
            planned.Add((await fleet.PlanOneMoreAsync(Bound, cancel)).TotalSeconds);
            var back = BootClock.Now;
            await fleet.QuietAsync(Bound, cancel);
            quiet.Add((BootClock.Now - back).TotalSeconds);
            var after = await fleet.Table.OwnersAsync(cancel);
            if (!joins) moved += before.Count(one => after[one.Key].Worker != one.Value.Worker);
            await fleet.Ticks.ReachAsync([.. before.Keys], BootClock.Now, Bound, cancel);
            gaps.AddRange(await fleet.Ticks.GapsAsync([.. before.Keys], from, BootClock.Now, cancel));
            if (joins)
            {
                fleet.Workers[$"joiner{round}"].Terminate();
                await fleet.Workers[$"joiner{round}"].EndsAsync(Bound, cancel);
                await fleet.QuietAsync(Bound, cancel);
            }
        }

        return
        [
            stage.AtMost("a new stream runs after the part is back, s, the longest", planned.Max(), 5),
            stage.Told("every saga over and all quiet after that, s, the longest", quiet.Max()),
            stage.AtMost("streams moved that need not be", moved, 0),
            stage.Told("gap of a stream, s, the longest", new Spread(gaps).Max),
            .. await Verdict.FiguresAsync(stage, fleet, cancel),
        ];
    }
}
