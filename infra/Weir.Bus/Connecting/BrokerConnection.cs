using System.Net.Security;
using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Weir.Bus.Connecting;

/// <summary>A plain connection of a tool's own, without the bus. What forbids it is said in words.</summary>
internal static class BrokerConnection
{
    private const ushort NotAllowed = 530;

    internal static async Task<IConnection> OpenAsync(WeirBusOptions options, string name, CancellationToken cancel)
    {
        var trust = new BrokerTrust(options, _ => { });
        try
        {
            return await Factory(options, name, trust).CreateConnectionAsync(
                [.. options.Hosts.Select(host => new AmqpTcpEndpoint(host, options.Port, Tls(options, trust)))], cancel);
        }
        catch (BrokerUnreachableException e)
        {
            throw Worded(options, trust, e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new BrokerException(BrokerFault.TimedOut, $"The broker at {At(options)} did not answer within {options.ConnectTimeout.TotalSeconds:0.#} s: is it up, and is that its AMQP port?", e);
        }
    }

    private static ConnectionFactory Factory(WeirBusOptions options, string name, BrokerTrust trust) => new()
    {
        UserName = options.User,
        Password = options.Password,
        VirtualHost = options.VirtualHost,
        ClientProvidedName = name,
        AutomaticRecoveryEnabled = false,
        RequestedHeartbeat = options.Heartbeat,
        RequestedConnectionTimeout = options.ConnectTimeout,
        SocketReadTimeout = options.SendTimeout,
        SocketWriteTimeout = options.SendTimeout,
        HandshakeContinuationTimeout = options.ConnectTimeout,
        ContinuationTimeout = options.SendTimeout,
        Ssl = Tls(options, trust),
    };

    private static SslOption Tls(WeirBusOptions options, BrokerTrust trust) => new()
    {
        Enabled = options.UseTls,
        ServerName = trust.ServerName,
        Version = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateValidationCallback = trust.Check,
        AcceptablePolicyErrors = SslPolicyErrors.None,
    };

    private static BrokerException Worded(WeirBusOptions options, BrokerTrust trust, BrokerUnreachableException fault)
    {
        var causes = Causes(fault).ToList();
        if (trust.Refusal is { } untrusted)
            return new(BrokerFault.Refused, untrusted, fault);
        if (causes.Any(cause => cause is AuthenticationFailureException or PossibleAuthenticationFailureException))
            return new(BrokerFault.Refused, $"The broker at {At(options)} does not let '{options.User}' in: check the name and the password", fault);
        if (causes.OfType<OperationInterruptedException>().Any(cause => cause.ShutdownReason?.ReplyCode == NotAllowed))
            return new(BrokerFault.Refused, $"The broker at {At(options)} has no virtual host '{options.VirtualHost}', or '{options.User}' may not use it", fault);
        if (causes.Any(cause => cause is TimeoutException or OperationCanceledException))
            return new(BrokerFault.TimedOut, $"The broker at {At(options)} did not answer within {options.ConnectTimeout.TotalSeconds:0.#} s: is it up, and is that its AMQP port?", fault);
        return new(BrokerFault.Unreachable, $"No broker answers at {At(options)} ({causes[^1].Message}): check the host and the port, and that RabbitMQ is up", fault);
    }

    private static string At(WeirBusOptions options) => $"{string.Join(',', options.Hosts)}:{options.Port}";

    private static IEnumerable<Exception> Causes(Exception? fault)
    {
        for (; fault is not null; fault = fault is AggregateException { InnerExceptions: [var first, ..] } ? first : fault.InnerException)
            yield return fault;
    }
}
