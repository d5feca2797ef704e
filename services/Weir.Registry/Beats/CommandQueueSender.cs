using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Bus.Names;
using Weir.Bus.Sending;

namespace Weir.Registry.Beats;

/// <summary>
/// Sends what follows from beats to workers' command queues, confirmed and beside the beats, which must not wait for it. Bounded: when
/// the broker is away the oldest are dropped, for later beats ask for the same anew.
/// </summary>
internal abstract class CommandQueueSender<T>(IBus bus, WorkerRoute route, ILogger logger) : BackgroundService
    where T : class
{
    private const int WaitingMax = 10_000;
    private const int SendersMax = 16;

    private readonly WorkerCommands _commands = new(bus, route);

    private readonly Channel<(string Worker, string Process, T Command)> _waiting = Channel.CreateBounded<(string, string, T)>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest });

    private protected void Enqueue(string worker, string process, T command) => _waiting.Writer.TryWrite((worker, process, command));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _waiting.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = SendersMax, CancellationToken = stoppingToken },
        SendAsync);

    private async ValueTask SendAsync((string Worker, string Process, T Command) waiting, CancellationToken cancel)
    {
        try
        {
            await _commands.SendAsync(BrokerNames.WorkerQueue(waiting.Worker, waiting.Process), waiting.Command, cancel);
        }
        catch (Exception e) when (e is SendTimedOutException or MassTransitException or OperationCanceledException)
        {
            if (!cancel.IsCancellationRequested) RegistryLog.AnswerLost(logger, waiting.Worker, e.Message);
        }
    }
}
