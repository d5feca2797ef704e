using MassTransit;

namespace Weir.Bus.Sending;

/// <summary>
/// Sends commands to worker processes. Within a scope that has an outbox the command rides its transaction. For answers
/// to beats make one of <see cref="IBeatBus"/>, so that they travel on its connection.
/// </summary>
public sealed class WorkerCommands(ISendEndpointProvider endpoints, WorkerRoute route)
{
    /// <summary>Sends a command and waits for the broker's word.</summary>
    /// <param name="queue">The worker's queue, as in <see cref="Names.WorkerIdentity"/>.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancel">Gives up; the bus's own time-out holds in any case.</param>
    /// <returns>False when that queue is gone, and the process with it. True when it was put there, or when an outbox took it.</returns>
    /// <exception cref="SendTimedOutException">The broker did not answer in time.</exception>
    public async Task<bool> SendAsync<T>(string queue, T command, CancellationToken cancel)
        where T : class
    {
        var notice = new ReturnNotice();
        var endpoint = await endpoints.GetSendEndpoint(route.Address(queue));
        await endpoint.Send(command, Pipe.Execute<SendContext<T>>(context => Mark(context, queue, notice)), cancel);
        return !notice.IsReturned;
    }

    /// <summary>Sends without waiting for the broker's word and lets it lapse soon: for answers that the next one replaces.</summary>
    /// <param name="queue">The worker's beat queue.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="lapse">How long it is worth reading, above 0.</param>
    /// <param name="cancel">Gives up; the bus's own time-out holds in any case.</param>
    public async Task SendLapsingAsync<T>(string queue, T answer, TimeSpan lapse, CancellationToken cancel)
        where T : class
    {
        var endpoint = await endpoints.GetSendEndpoint(route.Address(queue));
        await endpoint.Send(
            answer,
            Pipe.Execute<SendContext<T>>(context =>
            {
                route.Mark(context, queue);
                context.TimeToLive = lapse;
                context.Durable = false;
                if (context is RabbitMqSendContext onBroker)
                    onBroker.AwaitAck = false;
            }),
            cancel);
    }

    private void Mark(SendContext context, string queue, ReturnNotice notice)
    {
        route.Mark(context, queue);
        context.GetOrAddPayload(() => notice);
    }
}
