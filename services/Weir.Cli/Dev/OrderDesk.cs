using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Weir.Cli.Dev.Demo;
using Weir.Cli.Dev.Fleet;
using Weir.Cli.Dev.Reading;
using Weir.Cli.Dev.Talking;
using Weir.Worker;
using Weir.Worker.Agent;

namespace Weir.Cli.Dev;

/// <summary>Carries out what the keyboard asks for: one order after the other, but a drain, which takes its time, beside the next.</summary>
internal sealed class OrderDesk
{
    private readonly IFleet _fleet;
    private readonly FleetWatch _watch;
    private readonly DevSettings _settings;
    private readonly int _streams;
    private readonly Stopping _stop;
    private readonly string _workersFolder;
    private readonly Lock _numbers = new();
    private readonly ConcurrentDictionary<string, bool> _draining = new(StringComparer.Ordinal);
    private int _last;

    internal OrderDesk(IFleet fleet, FleetWatch watch, DevSettings settings, int streams, Stopping stop, string workersFolder)
    {
        (_fleet, _watch, _settings, _streams, _stop, _workersFolder) = (fleet, watch, settings, streams, stop, workersFolder);
        _fleet.Ended = OnEnded;
    }

    /// <summary>Starts the workers that the run begins with.</summary>
    internal async Task StartAsync()
    {
        List<int> free = [.. Enumerable.Range(1, int.MaxValue).Where(number => !IsAnothers(number)).Take(_settings.Workers)];
        _last = free[^1];
        if (free[0] > 1 || _last > _settings.Workers)
            _watch.Say(HappeningKind.Warning, $"another runs workers here under such names: this one's are {string.Join(", ", free.Select(DemoFleet.Worker))}");
        await Task.WhenAll(free.Select((number, at) => Task.Run(() => AddAsync(number, at + 1))));
    }

    // On real parts, two of these may run beside each other. What its own folder vouches for was this one's.
    private bool IsAnothers(int number) => _settings.Real is not null
        && _watch.Scene.Workers.FirstOrDefault(worker => worker.Id == DemoFleet.Worker(number)) is { IsTaken: true } there
        && ProcessLock.Last(_workersFolder, there.Id) != there.Process;

    /// <summary>Until the run stops.</summary>
    internal async Task RunAsync(ChannelReader<Order> orders)
    {
        try
        {
            await foreach (var order in orders.ReadAllAsync(_stop.Token))
                await TakeAsync(order);
        }
        catch (OperationCanceledException) when (_stop.Token.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private async Task TakeAsync(Order order)
    {
        _watch.Set(stage => stage with { Note = "" });
        switch (order.Kind)
        {
            case OrderKind.Crash when Chosen(order, fullest: true) is { } worker:
                await _fleet.CrashAsync(worker);
                _watch.Say(HappeningKind.Bad, $"{worker} has crashed, without a word");
                break;
            case OrderKind.Drain when Chosen(order, fullest: false) is { } worker:
                _draining[worker] = true;
                _ = _stop.WhenItEnds(DrainAsync(worker), mayEnd: true);
                break;
            case OrderKind.Add when _fleet.Running.Count < DevVerb.WorkersMax:
                await AddAsync(NextNumber());
                break;
            case OrderKind.Add:
                _watch.Set(stage => stage with { Note = FormattableString.Invariant($"{DevVerb.WorkersMax} workers are the most") });
                break;
            case OrderKind.Explain:
                _watch.Set(stage => stage with { Explains = !stage.Explains });
                break;
            case OrderKind.Quit:
                _stop.Quit();
                break;
            default:
                _watch.Set(stage => stage with { Note = order.Worker is { } named ? $"no worker {named} runs" : "no worker runs: a adds one" });
                break;
        }
    }

    /// <param name="number">Its name's.</param>
    /// <param name="share">Which of the first it is as to what it can carry; its number where it is none of them.</param>
    private Task AddAsync(int number, int? share = null)
    {
        _watch.Owns(DemoFleet.Worker(number));
        return _fleet.AddAsync(DemoFleet.Worker(number), DemoFleet.Capacity(share ?? number, _settings.Workers, Math.Max(_streams, _watch.Scene.Streams.Total)), _stop.Token);
    }

    private async Task DrainAsync(string worker)
    {
        await _fleet.DrainAsync(worker);
        _draining.TryRemove(worker, out _);
    }

    // As whatever watches over processes would: one that ended for its own safety, such as after this machine slept, is started anew.
    private void OnEnded(string worker, int code, string words)
    {
        if (code == WorkerExitCode.Superseded && !_stop.Token.IsCancellationRequested)
        {
            var next = NextNumber();
            _watch.Say(HappeningKind.Bad, $"{worker} has ended: another process, of another weir dev or of this folder's copy, registered under its name. {DemoFleet.Worker(next)} takes its place");
            _ = _stop.WhenItEnds(AddAsync(next), mayEnd: true);
            return;
        }

        _watch.Say(HappeningKind.Bad, FormattableString.Invariant($"{worker} ended by itself with code {code}{(words.Length > 0 ? $": {words}" : "")}"));
        if (code == WorkerExitCode.HandlerNotEnded && !_stop.Token.IsCancellationRequested && int.TryParse(worker.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            _ = _stop.WhenItEnds(AddAsync(number), mayEnd: true);
    }

    // A name is not used twice in a run: the picture would mix up two lives.
    private int NextNumber()
    {
        lock (_numbers)
        {
            do
                _last++;
            while (_watch.Scene.Workers.Any(worker => worker.Id == DemoFleet.Worker(_last)));
            return _last;
        }
    }

    private string? Chosen(Order order, bool fullest)
    {
        var running = _fleet.Running.Where(worker => !_draining.ContainsKey(worker)).ToList();
        if (order.Worker is { } named)
            return running.Contains(named) ? named : null;
        if (!fullest)
            return running.LastOrDefault();
        var loads = _watch.Scene.Workers.ToDictionary(worker => worker.Id, worker => worker.Load, StringComparer.Ordinal);
        return running.MaxBy(worker => loads.GetValueOrDefault(worker));
    }
}
