using MassTransit;
using MassTransit.Transports;

namespace Weir.Bus.Sending;

/// <summary>
/// Bounds every send by the time-out, whatever it waits for, and carries commands to worker queues: mandatory, and one
/// that comes back means that the worker is gone. That is no failure of the command: it is done, its deadline asks again.
/// </summary>
internal sealed class GuardedTransport(ISendTransport inner, Uri address, SendRules rules, bool toWorker) : ISendTransport, IAsyncDisposable
{
    // What waits on a token that the transport does not look at is left behind after this much more.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => inner.ConnectSendObserver(observer);

    public Task<SendContext<T>> CreateSendContext<T>(T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class => inner.CreateSendContext(message, pipe, cancellationToken);

    public async Task Send<T>(T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var command = toWorker ? new CommandPipe<T>(pipe) : null;
        using var bound = new CancellationTokenSource(rules.Timeout, rules.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            await inner.Send(message, command ?? pipe, either.Token).WaitAsync(rules.Timeout + Grace, rules.Clock, cancellationToken);
        }
        catch (MessageReturnedException) when (command is not null)
        {
            command.Returned();
            SendLog.WorkerGone(rules.Logger, typeof(T).Name, command.Queue);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            throw new SendTimedOutException(typeof(T).Name, address, rules.Timeout, e);
        }
    }

    public ValueTask DisposeAsync() => inner is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
}
