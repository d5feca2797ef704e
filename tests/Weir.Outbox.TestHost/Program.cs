using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Outbox.TestHost.Faults;
using Weir.Outbox.TestHost.Shop;

// A child of a test: one argument, its settings. Says READY when its bus is up, and goes on until it is told to stop.
var settings = JsonSerializer.Deserialize<ShopSettings>(args[0])!;
using var host = ShopHost.Build(settings);
var fault = host.Services.GetRequiredService<PlannedFault>();
fault.IsArmed = false;
await ShopHost.CreateTablesAsync(host.Services, CancellationToken.None);
await host.StartAsync();
await host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
fault.IsArmed = true;
Console.Out.WriteLine("READY");
for (var number = 1; number <= settings.Orders; number++)
{
    await using var scope = host.Services.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<ShopContext>();
    var order = new Order { Id = NewId.NextGuid(), Number = number };
    db.Orders.Add(order);
    await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(new OrderPlaced(order.Id, number));
    await db.SaveChangesAsync();
}

Console.Out.WriteLine("DONE");
await host.WaitForShutdownAsync();
