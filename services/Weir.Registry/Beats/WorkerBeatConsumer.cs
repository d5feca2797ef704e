using MassTransit;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Leases;

namespace Weir.Registry.Beats;

/// <summary>Workers live: a batch is one statement. Canaries among them are sent back where they came from.</summary>
internal sealed class WorkerBeatConsumer(BeatDesk desk, CanaryEcho echo, ILogger<WorkerBeatConsumer> logger) : IConsumer<Batch<WorkerBeat>>
{
    public async Task Consume(ConsumeContext<Batch<WorkerBeat>> context)
    {
        var beats = new List<HeardBeat>(context.Message.Length);
        var (dropped, why) = (0, "");
        foreach (var message in context.Message.Select(one => one.Message))
        {
            if (CanaryName.TryRead(message, out var replica))
                await echo.SendAsync(replica, message.Sequence, context.CancellationToken);
            else if (BeatRules.Read(message, out var heard) is not { } fault)
                beats.Add(heard);
            else if (dropped++ == 0)
                why = fault;
        }

        if (dropped > 0) RegistryLog.BeatsDropped(logger, dropped, why);
        if (beats.Count > 0) await desk.TakeAsync(beats, context.CancellationToken);
    }
}
