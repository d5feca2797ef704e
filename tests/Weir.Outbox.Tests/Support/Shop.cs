using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Outbox.TestHost.Faults;
using Weir.Outbox.TestHost.Shop;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests.Support;

/// <summary>A shop in this process, up and with its tables.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly IHost _host;

    private Shop(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IBusControl Bus => Services.GetRequiredService<IBusControl>();

    public PlannedFault Fault => Services.GetRequiredService<PlannedFault>();

    public TransactionalOutbox<ShopContext> Outbox => Services.GetRequiredService<TransactionalOutbox<ShopContext>>();

    public static async Task<Shop> OpenAsync(ShopSettings settings, CancellationToken cancel, Action<IServiceCollection>? also = null)
    {
        // MassTransit keeps a logger in the flow of calls: a bus that is started in a flow of its own leaves none behind.
        return await Task.Run(() => StartAsync(settings, also, cancel), cancel);
    }

    /// <summary>One order in a scope of its own, row and event in one save.</summary>
    public async Task<Guid> OrderAsync(int number, CancellationToken cancel)
    {
        await using var scope = Services.CreateAsyncScope();
        var order = new Order { Id = NewId.NextGuid(), Number = number };
        scope.ServiceProvider.GetRequiredService<ShopContext>().Orders.Add(order);
        await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new OrderPlaced(order.Id, number), cancel);
        await scope.ServiceProvider.GetRequiredService<ShopContext>().SaveChangesAsync(cancel);
        return order.Id;
    }

    public async Task<T> ReadAsync<T>(Func<ShopContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ShopContext>());
    }

    public Task<int> OrdersAsync(CancellationToken cancel) => ReadAsync(db => db.Orders.CountAsync(cancel));

    public Task OrdersReachAsync(int count, CancellationToken cancel) =>
        Eventually.TrueAsync($"{count} orders", async token => await OrdersAsync(token) >= count, TimeSpan.FromSeconds(30), cancel);

    public Task EmptyAsync(CancellationToken cancel) => Services.WaitForOutboxEmpty<ShopContext>(Patience.Seconds(30), cancel);

    public async ValueTask DisposeAsync()
    {
        await Task.Run(() => _host.StopAsync(CancellationToken.None));
        if (_host is IAsyncDisposable one) await one.DisposeAsync();
        else _host.Dispose();
    }

    private static async Task<Shop> StartAsync(ShopSettings settings, Action<IServiceCollection>? also, CancellationToken cancel)
    {
        var host = ShopHost.Build(settings, also);
        await ShopHost.CreateTablesAsync(host.Services, cancel);
        await host.StartAsync(cancel);
        return new Shop(host);
    }
}
