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
        var broker = AmqpAddress.Read(address);
        services.Configure<WeirBusOptions>(options =>
        {
            broker?.Apply(options);
            options.BindOwnExchange = bindOwnExchange;
        });
        // Said at the start, with all else; without the address, which may hold a password.
        return OnOwnBus(broker is null ? $"The broker's address is none; give {AmqpAddress.Rule}" : null);
    }

    public IWeirWorkerBuilder JoinBusOf(IServiceProvider host)
    {
        ArgumentNullException.ThrowIfNull(host);
        WeirWorkerRegistration.AddHost(services, processId, _ => new WorkerBuses(
            host, host.GetRequiredService<IBus>(), host.GetRequiredService<IBeatBus>(), host.GetRequiredService<IOptions<WeirBusOptions>>()));
        return this;
    }

    // The buses are put up with the worker's name, which the options tell only when the host is built.
    private WeirWorkerBuilder OnOwnBus(string? fault)
    {
        var identity = WeirWorkerRegistration.IdentityOf(services, processId);
        services.AddWeirWorkerBus(identity, _ => { });
        services.AddWeirWorkerBeatBus(identity, _ => { });
        WeirWorkerRegistration.AddHost(services, processId, own => new WorkerBuses(
            own, own.GetRequiredService<IBus>(), own.GetRequiredService<IBeatBus>(), own.GetRequiredService<IOptions<WeirBusOptions>>()), fault);
        return this;
    }
}
