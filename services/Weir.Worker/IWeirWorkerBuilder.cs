namespace Weir.Worker;

/// <summary>A worker in the making, as <see cref="WeirWorkerRegistration"/> gives it.</summary>
public interface IWeirWorkerBuilder
{
    /// <summary>Names the handler of a kind of stream. A new one is made for each run, in a scope of its own.</summary>
    /// <typeparam name="THandler">The handler; its dependencies come from the host's services.</typeparam>
    /// <param name="kind">As streams are declared with, 1 to 64 characters.</param>
    /// <exception cref="InvalidOperationException">The kind has a handler already.</exception>
    IWeirWorkerBuilder HandleStreams<THandler>(string kind)
        where THandler : class, IStreamHandler;

    /// <summary>Puts the worker on a RabbitMQ broker.</summary>
    /// <param name="address">Such as <c>amqp://user:password@host:5672/vhost</c>; <c>amqps</c> speaks TLS, with <c>?cacertfile=/path/ca.pem</c> where the broker's authority is one of your own.</param>
    /// <param name="bindOwnExchange">
    /// Whether the worker binds its own exchange to the services' doors, which its account must then be allowed to. False where an
    /// administrator has done so for it.
    /// </param>
    /// <remarks>An address that is none is said when the host starts, with all else that is wrong.</remarks>
    IWeirWorkerBuilder UseRabbitMq(string address, bool bindOwnExchange = true);

    /// <summary>
    /// Puts the worker on the buses of another host of this process, such as the services' on the in-memory transport. That host must
    /// have both buses (<c>AddWeirBus</c> and <c>AddWeirBeatBus</c>), and must be stopped after this one.
    /// </summary>
    /// <param name="host">The services of the other host.</param>
    IWeirWorkerBuilder JoinBusOf(IServiceProvider host);
}
