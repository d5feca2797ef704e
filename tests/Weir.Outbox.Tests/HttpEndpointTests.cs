using System.Net;
using System.Net.Http.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Outbox.TestHost.Shop;
using Weir.Outbox.Tests.Support;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Outbox.Tests;

/// <summary>A real web application on loopback that publishes in its endpoints.</summary>
[Integration]
public sealed class HttpEndpointTests : IAsyncLifetime
{
    private ServerScope _scope = null!;
    private WebApplication _app = null!;
    private EventProbe _probe = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Slow]
    public async Task Endpoint_ThatSaves_PublishesOnce_AndOneThatFails_PublishesNothing()
    {
        for (var number = 1; number <= 10; number++)
        {
            var answer = await _http.PostAsJsonAsync($"orders/{number}?fail={number % 2 == 0}", 0, Cancel);
            Assert.Equal(number % 2 == 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.Created, answer.StatusCode);
        }

        await _probe.ReachAsync(5, Cancel);
        await _app.Services.WaitForOutboxEmpty<ShopContext>(Patience.Seconds(30), Cancel);
        await using var scope = _app.Services.CreateAsyncScope();
        var orders = await scope.ServiceProvider.GetRequiredService<ShopContext>().Orders.OrderBy(order => order.Number).Select(order => order.Number).ToListAsync(Cancel);

        Assert.Equal([1, 3, 5, 7, 9], orders);
        Assert.Equal(orders, _probe.Heard.DistinctBy(one => one.MessageId).Select(one => one.Number));
    }

    public async ValueTask InitializeAsync()
    {
        _scope = await (await TestServers.GetAsync(Cancel)).ScopeAsync("http", Cancel);
        _probe = await EventProbe.OpenAsync(_scope.Broker, Cancel);
        // A flow of its own: MassTransit keeps its logger in the flow that starts it.
        _app = await Task.Run(StartAsync, Cancel);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()), Timeout = Patience.Seconds(30) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _probe.DisposeAsync();
        await _scope.DisposeAsync();
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        ShopHost.AddTo(builder.Services, new ShopSettings { Postgres = _scope.Database.ConnectionString, Broker = _scope.Broker.Amqp });
        var app = builder.Build();
        app.MapPost("orders/{number}", OrderAsync);
        await ShopHost.CreateTablesAsync(app.Services, Cancel);
        await app.StartAsync(Cancel);
        return app;
    }

    private static async Task<IResult> OrderAsync(int number, bool fail, ShopContext db, IPublishEndpoint publish, CancellationToken cancel)
    {
        var order = new Order { Id = NewId.NextGuid(), Number = number };
        db.Orders.Add(order);
        await publish.Publish(new OrderPlaced(order.Id, number), cancel);
        if (fail) throw new InvalidOperationException("The endpoint fails before it saves.");
        await db.SaveChangesAsync(cancel);
        return Results.Created((string?)null, order.Id);
    }
}
