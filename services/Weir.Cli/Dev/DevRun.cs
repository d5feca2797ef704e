using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Weir.Cli.Dev.Fleet;
using Weir.Cli.Dev.Hosting;
using Weir.Cli.Dev.Reading;
using Weir.Cli.Dev.Showing;
using Weir.Cli.Dev.Talking;
using Weir.Cli.Storing;
using Weir.Contracts.Catalogue;
using Weir.Diagnostics.Changes;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;

namespace Weir.Cli.Dev;

/// <summary>One run from the first look at the folder to the last worker's stop.</summary>
internal sealed class DevRun(DevSettings settings, Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan PartsMax = TimeSpan.FromSeconds(1);
    // With the second for the parts, what is left of the ten it ends in is for a machine that has little time for us.
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(7);

    private readonly RunClock _now = new(clock);

    internal async Task<int> RunAsync()
    {
        var streams = await StreamLists.ReadAsync(settings, CancellationToken.None);
        using var data = DataFolder.Take(settings.Data);
        FreePort.Check(settings.Port);
        var store = settings.Real?.Store ?? new StoreAddress(DatabaseKind.Sqlite, $"Data Source={data.Database}");
        using var log = OpenLog(data);
        using var stop = new Stopping(terminal);
        try
        {
            await CheckFilesAsync(data, stop.Token);
            // Beside each other: both are slow the first time, and neither needs the other before the start.
            var built = Task.Run(() => ServicesHost.Build(settings, store, data, log));
            await DevStore.MigrateAsync(store, stop.Token);
            if (settings.Real is { } real)
                await Neighbours.CheckAsync(real, clock, stop.Token);
            await using var app = await StartAsync(built, data, stop.Token);
            return await RunAsync(app, streams, data, log, stop);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.ExitCode; // it was to stop before it had begun
        }
    }

    private async Task CheckFilesAsync(DataFolder data, CancellationToken cancel)
    {
        if (settings.Real is not null)
            return;
        await KeptFile.CheckAsync(data.Database, "the fleet's state", cancel);
        await KeptFile.CheckAsync(data.Plays, "what stations play", cancel);
    }

    private async Task<int> RunAsync(WebApplication app, IReadOnlyList<StreamDeclaration>? streams, DataFolder data, LogFile log, Stopping stop)
    {
        var fleet = MakeFleet(app, data, log);
        using var view = MakeView();
        stop.BeforeTheEnd(() =>
        {
            view.Dispose();
            fleet.KillAll();
        });
        try
        {
            return await RunAsync(app, fleet, view, streams, data, stop);
        }
        finally
        {
            await StopAsync(app, fleet, view, data, stop);
        }
    }

    private async Task<int> RunAsync(WebApplication app, IFleet fleet, IView view, IReadOnlyList<StreamDeclaration>? streams, DataFolder data, Stopping stop)
    {
        var services = app.Services;
        var declaring = new Declaring(services.GetRequiredService<CatalogueDesk>(), services.GetRequiredService<IBus>(), services.GetRequiredService<DatabaseResilience>());
        var address = app.Urls.FirstOrDefault() ?? "";
        var watch = new FleetWatch(
            new FleetReader(services.GetRequiredService<DatabaseResilience>()), new FleetBook(ownsAll: settings.Real is null), services.GetRequiredService<HealthCheckService>(),
            view, declaring, new Showing.Stage(address, settings.Real?.Broker ?? "in memory", settings.Real?.Store.ToString() ?? "SQLite"), _now, clock);
        foreach (var line in DevWords.Welcome(address, data, terminal.IsPerson))
            await terminal.Data.WriteLineAsync(line);
        await watch.LookAsync(stop.Token);
        view.Begin();
        var watching = watch.RunAsync(stop.Token);
        var keyboard = new Keyboard();
        keyboard.Start(terminal.IsPerson && !Console.IsInputRedirected, Console.In);
        var desk = new OrderDesk(fleet, watch, settings, streams?.Count ?? 0, stop, data.Workers);
        var ordering = desk.RunAsync(keyboard.Orders);
        await using var failed = app.Lifetime.ApplicationStopping.Register(() => stop.Fail($"A service has ended by itself; {data.Log} says why."));
        await EndAsync(Task.WhenAll(stop.WhenItEnds(watching), stop.WhenItEnds(ordering), stop.WhenItEnds(desk.StartAsync(), mayEnd: true), stop.WhenItEnds(DeclareAsync(declaring, watch, streams, stop), mayEnd: true)), stop.Token);
        return stop.ExitCode;
    }

    private static async Task DeclareAsync(Declaring declaring, FleetWatch watch, IReadOnlyList<StreamDeclaration>? streams, Stopping stop)
    {
        if (streams is null || await declaring.DeclareAsync(streams, stop.Token) is not { } refusal)
            return;
        foreach (var line in refusal)
            watch.Say(HappeningKind.Bad, line);
        // Once more when the picture is gone, and by the exit code.
        stop.Remember(refusal);
    }

    // What hangs on a store or a broker that is away does not hold up the end.
    private async Task EndAsync(Task parts, CancellationToken stop)
    {
        await Task.WhenAny(parts, Task.Delay(Timeout.InfiniteTimeSpan, clock, stop));
        await Task.WhenAny(parts, Task.Delay(PartsMax, clock, CancellationToken.None));
    }

    private async Task<WebApplication> StartAsync(Task<WebApplication> built, DataFolder data, CancellationToken cancel)
    {
        try
        {
            var app = await built;
            await app.StartAsync(cancel);
            return app;
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw FreePort.Taken(settings.Port, taken.InnerException);
        }
        catch (Exception refused) when (refused is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            throw new DevRefusedException($"The services did not start: {refused.Message.TrimEnd('.')}. {data.Log} says more.", refused);
        }
    }

    private static LogFile OpenLog(DataFolder data)
    {
        try
        {
            return new LogFile(data.Log, TimeProvider.System);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DevRefusedException($"The log '{data.Log}' cannot be written: {e.Message} Give another folder with --data FOLDER.", e);
        }
    }

    private IFleet MakeFleet(WebApplication app, DataFolder data, LogFile log) =>
        settings.Real is { } real ? new ChildFleet(real, data) : new HostedFleet(app.Services, data, log, clock);

    private IView MakeView() => terminal.IsPerson && Environment.GetEnvironmentVariable("TERM") != "dumb"
        ? new Screen(terminal, () => (Console.WindowWidth, Console.WindowHeight))
        : new PlainLines(terminal.Data);

    // Workers first: what they say last, the services must still hear.
    private async Task StopAsync(WebApplication app, IFleet fleet, IView view, DataFolder data, Stopping stop)
    {
        view.Dispose();
        await terminal.Data.WriteLineAsync("Stopping: first the workers, then the services. Ctrl-C now stops at once.");
        var since = _now.Now;
        using var bound = new CancellationTokenSource(StopMax, clock);
        try
        {
            // What does not heed the bound is not waited for either.
            await fleet.StopAsync(bound.Token).WaitAsync(bound.Token);
            await app.StopAsync(bound.Token).WaitAsync(bound.Token);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            stop.EndNow(ExitCode.TimedOut, $"Not everything stopped in time; what still ran has ended with this process, and {data.Log} says what it was about. The state stays in {data.Path}: the same command goes on from there.");
        }

        stop.Repeat();
        await terminal.Data.WriteLineAsync(FormattableString.Invariant($"Stopped in {(_now.Now - since).TotalSeconds:0.0} s. The state stays in {data.Path}: the same command goes on from there."));
    }
}
