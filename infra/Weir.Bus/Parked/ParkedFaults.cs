using RabbitMQ.Client.Exceptions;

namespace Weir.Bus.Parked;

/// <summary>Words for what goes wrong at an error queue.</summary>
internal static class ParkedFaults
{
    private const ushort NoRoute = 312;
    private const ushort AccessRefused = 403;
    private const ushort NotFound = 404;
    private const ushort Locked = 405;

    internal static BrokerException Of(OperationInterruptedException fault, ErrorQueueName queue, WeirBusOptions options) => fault.ShutdownReason?.ReplyCode switch
    {
        NotFound => new(BrokerFault.NotFound, $"There is no queue '{queue.Name}' in virtual host '{options.VirtualHost}'; 'weir errors list' shows those that are there", fault),
        AccessRefused => new(BrokerFault.Refused, $"'{options.User}' may not do that with '{queue.Name}': it needs the right to read there, and to write to the default exchange for a replay", fault),
        Locked => new(BrokerFault.Refused, $"'{queue.Name}' is another connection's own", fault),
        _ => new(BrokerFault.Unreachable, $"The broker ended the connection ({fault.Message}): nothing is lost, what was not confirmed is where it was; try again", fault),
    };

    internal static BrokerException NotTaken(PublishException fault, ErrorQueueName queue, string to) => fault is PublishReturnException { ReplyCode: NoRoute }
        ? new(BrokerFault.Refused, $"There is no queue '{to}' to put messages of '{queue.Name}' back into: start its service first. They are where they were", fault)
        : new(BrokerFault.Refused, $"'{to}' takes no more messages: see why its service does not read it. They are where they were", fault);

    internal static BrokerException Late(WeirBusOptions options, Exception fault) =>
        new(BrokerFault.TimedOut, $"The broker did not answer within {options.SendTimeout.TotalSeconds:0.#} s: nothing is lost, what was not confirmed is where it was; try again", fault);
}
