using System.Net;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weir.Bus;
using Weir.Worker.Agent;
using Weir.Worker.Links;

namespace Weir.Worker;

/// <summary>Writes into the host's services what the worker needs.</summary>
internal sealed class WeirWorkerBuilder(IServiceCollection services, string processId) : IWeirWorkerBuilder
{
    private const int KindMax = 64;

    public IWeirWorkerBuilder HandleStreams<THandler>(string kind)
        where THandler : class, IStreamHandler
    {
        if (kind is not { Length: > 0 and <= KindMax })
            throw new ArgumentException($"'{kind}' is no kind of stream: 1 to {KindMax} characters", nameof(kind));
        if (services.Any(service => service.ImplementationInstance is HandlerKind known && known.Kind == kind))
            throw new InvalidOperationException($"Streams of kind '{kind}' have a handler already: one handler a kind");
        services.TryAddScoped<THandler>();
        services.AddSingleton(new HandlerKind(kind, typeof(THandler)));
        return this;
    }

    public IWeirWorkerBuilder UseRabbitMq(string address, bool bindOwnExchange = true)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
            throw new ArgumentException("The broker's address must look like amqp://user:password@host:5672/vhost", nameof(address));
        services.Configure<WeirBusOptions>(options => Point(options, uri, bindOwnExchange));
        return OnOwnBus();
    }

    public IWeirWorkerBuilder JoinBusOf(IServiceProvider host)
    {
        ArgumentNullException.ThrowIfNull(host);
        WeirWorkerRegistration.AddHost(services, processId, _ => new WorkerBuses(
            host, host.GetRequiredService<IBus>(), host.GetRequiredService<IBeatBus>(), host.GetRequiredService<IOptions<WeirBusOptions>>()));
        return this;
    }

    // The buses are put up with the worker's name, which the options tell only when the host is built.
    private WeirWorkerBuilder OnOwnBus()
    {
        var identity = WeirWorkerRegistration.IdentityOf(services, processId);
        services.AddWeirWorkerBus(identity, _ => { });
        services.AddWeirWorkerBeatBus(identity, _ => { });
        WeirWorkerRegistration.AddHost(services, processId, own => new WorkerBuses(
            own, own.GetRequiredService<IBus>(), own.GetRequiredService<IBeatBus>(), own.GetRequiredService<IOptions<WeirBusOptions>>()));
        return this;
    }

    private static void Point(WeirBusOptions options, Uri uri, bool bindOwnExchange)
    {
        var (tls, account) = (uri.Scheme == "amqps", uri.UserInfo.Split(':', 2));
        options.Transport = BusTransport.RabbitMq;
        options.Hosts = [uri.Host];
        options.Port = uri.Port > 0 ? uri.Port : tls ? 5671 : 5672;
        options.UseTls = tls;
        options.VirtualHost = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : "/";
        if (account[0].Length > 0)
            options.User = Uri.UnescapeDataString(account[0]);
        if (account.Length > 1)
            options.Password = WebUtility.UrlDecode(account[1].Replace("+", "%2B", StringComparison.Ordinal));
        options.BindOwnExchange = bindOwnExchange;
    }
}
