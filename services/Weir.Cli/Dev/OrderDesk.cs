using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Weir.Cli.Dev.Demo;
using Weir.Cli.Dev.Fleet;
using Weir.Cli.Dev.Reading;
using Weir.Cli.Dev.Talking;
using Weir.Worker;

namespace Weir.Cli.Dev;

/// <summary>Carries out what the keyboard asks for: one order after the other, but a drain, which takes its time, beside the next.</summary>
internal sealed class OrderDesk
{
    private readonly IFleet _fleet;
    private readonly FleetWatch _watch;
    private readonly DevSettings _settings;
    private readonly int _streams;
    private readonly Stopping _stop;
    private readonly ConcurrentDictionary<string, bool> _draining = new(StringComparer.Ordinal);
    private int _last;

    internal OrderDesk(IFleet fleet, FleetWatch watch, DevSettings settings, int streams, Stopping stop)
    {
        (_fleet, _watch, _settings, _streams, _stop) = (fleet, watch, settings, streams, stop);
        _fleet.Ended = OnEnded;
    }

    /// <summary>Starts the workers that the run begins with.</summary>
    internal async Task StartAsync()
    {
        var first = Enumerable.Range(1, _last = _settings.Workers).Select(number => Task.Run(() => AddAsync(number)));
        await Task.WhenAll(first);
    }

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

    private Task AddAsync(int number)
    {
        _watch.Owns(DemoFleet.Worker(number));
        return _fleet.AddAsync(DemoFleet.Worker(number), DemoFleet.Capacity(number, _settings.Workers, Math.Max(_streams, _watch.Scene.Streams.Total)), _stop.Token);
    }

    private async Task DrainAsync(string worker)
    {
        await _fleet.DrainAsync(worker);
        _draining.TryRemove(worker, out _);
    }

    // As whatever watches over processes would: one that ended for its own safety, such as after this machine slept, is started anew.
    private void OnEnded(string worker, int code, string words)
    {
        _watch.Say(HappeningKind.Bad, FormattableString.Invariant($"{worker} ended by itself with code {code}{(words.Length > 0 ? $": {words}" : "")}"));
        if (code == WorkerExitCode.HandlerNotEnded && !_stop.Token.IsCancellationRequested && int.TryParse(worker.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            _ = _stop.WhenItEnds(AddAsync(number), mayEnd: true);
    }

    // A name is not used twice in a run: the picture would mix up two lives.
    private int NextNumber()
    {
        do
            _last++;
        while (_watch.Scene.Workers.Any(worker => worker.Id == DemoFleet.Worker(_last)));
        return _last;
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
