using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Bus;
using Weir.Bus.Endpoints;
using Weir.Core.Leases;
using Weir.Registry.Beats;

namespace Weir.Registry.Silence;

/// <summary>Sends a canary through the beats' own queue each period, whether the one before came back or not.</summary>
internal sealed class CanaryLoop(IBeatBus bus, CanaryState canary, RegistryProcess process, TimeProvider clock, ILogger<CanaryLoop> logger) : BackgroundService
{
    private static readonly Uri Beats = new($"exchange:{WeirEndpoints.Beats(LeaseTimes.Fast.Ttl).Queue}");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = Task.Delay(LeaseTimes.CanaryEvery, clock, stoppingToken);
            using var bound = new CancellationTokenSource(LeaseTimes.CanaryEvery, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, stoppingToken);
            try
            {
                var endpoint = await bus.GetSendEndpoint(Beats);
                var message = CanaryName.Canary(process, canary.Send());
                await endpoint.Send(message, Pipe.Execute<SendContext>(context => context.TimeToLive = LeaseTimes.CanaryEvery), either.Token).WaitAsync(either.Token);
            }
            catch (Exception e) when (e is SendTimedOutException or MassTransitException or OperationCanceledException)
            {
                if (!stoppingToken.IsCancellationRequested) RegistryLog.QueueEventsAway(logger, e.GetType().Name, e.Message);
            }

            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
