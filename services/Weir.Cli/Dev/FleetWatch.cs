using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Weir.Bus;
using Weir.Cli.Dev.Reading;
using Weir.Cli.Dev.Showing;
using Weir.Persistence.Faults;

namespace Weir.Cli.Dev;

/// <summary>Reads, judges and shows, each in its own time, until told to stop: a store that hangs holds up no clock on the screen.</summary>
internal sealed class FleetWatch(
    FleetReader reader, FleetBook book, HealthCheckService health, IView view, Declaring declaring, Showing.Stage stage, RunClock now, TimeProvider clock)
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan HealthEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<Happening> _said = new();
    private readonly ConcurrentDictionary<string, bool> _own = new(StringComparer.Ordinal);
    private volatile Scene _scene = Scene.Empty;
    private volatile Showing.Stage _stage = stage;
    private volatile string? _storeTrouble;
    private volatile string? _busTrouble;

    internal Scene Scene => _scene;

    /// <summary>Puts a line among what has happened.</summary>
    internal void Say(HappeningKind kind, string words) => _said.Enqueue(new(now.Now, kind, words));

    /// <summary>This run starts the worker, and strikes it from the register when it is gone.</summary>
    internal void Owns(string worker) => _own[worker] = true;

    /// <summary>Changes what is shown beside the fleet.</summary>
    internal void Set(Func<Showing.Stage, Showing.Stage> change) => _stage = change(_stage);

    /// <summary>Until it is told to stop. A part that fails ends all: a picture that stands still would look like a fleet at rest.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] parts = [EveryAsync(ReadEvery, TryLookAsync, all.Token), EveryAsync(HealthEvery, JudgeAsync, all.Token), EveryAsync(ShowEvery, ShowAsync, all.Token)];
        await Task.WhenAny(parts);
        await all.CancelAsync();
        await Task.WhenAll(parts);
    }

    /// <summary>One reading.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        var reading = await reader.ReadAsync(book.Mark, cancel);
        _storeTrouble = null;
        var happened = new List<Happening>();
        while (_said.TryDequeue(out var said))
        {
            book.Say(said);
            happened.Add(said);
        }

        if (reading is not null)
            happened.AddRange(book.Apply(reading, now.Now));
        view.Tell(happened);
        _scene = book.Scene(now.Now);
        foreach (var worker in book.Gone(now.Now).Where(worker => book.OwnsAll || _own.ContainsKey(worker)))
        {
            await declaring.ForgetAsync(worker, cancel);
            book.Forgot(worker);
        }
    }

    private async Task TryLookAsync(CancellationToken cancel)
    {
        try
        {
            await LookAsync(cancel);
        }
        catch (DatabaseFaultException away)
        {
            _storeTrouble = away.GetBaseException().Message;
        }
        catch (Exception unsent) when (unsent is SendTimedOutException or MassTransitException)
        {
            _busTrouble = unsent.Message; // it is said again at the next look
        }
    }

    private async Task JudgeAsync(CancellationToken cancel)
    {
        var report = await health.CheckHealthAsync(check => check.Name is "weir-bus" or "weir-beat-bus", cancel);
        _busTrouble = report.Entries.Values.Where(entry => entry.Status == HealthStatus.Unhealthy).Select(entry => entry.Description ?? "not well").FirstOrDefault();
    }

    private Task ShowAsync(CancellationToken cancel)
    {
        view.Show(_scene, _stage with { BusTrouble = _busTrouble, StoreTrouble = _storeTrouble }, now.Now);
        return Task.CompletedTask;
    }

    private async Task EveryAsync(TimeSpan pause, Func<CancellationToken, Task> step, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await step(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
