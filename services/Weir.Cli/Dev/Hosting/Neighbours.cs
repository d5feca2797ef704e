using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Weir.Bus.Endpoints;
using Weir.Cli.Dev.Reading;
using Weir.Cli.Doctor;
using Weir.Persistence;

namespace Weir.Cli.Dev.Hosting;

/// <summary>
/// Looks whether services that read the broker's queues already write into the same database. Two fleets with one broker and two
/// databases would each take half of the other's messages, and nobody would see why.
/// </summary>
internal static class Neighbours
{
    private const string Stream = "weir-dev-look";
    private const int NotFound = 404;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <exception cref="DevRefusedException">They write into another one, or the broker does not let us in.</exception>
    internal static async Task CheckAsync(RealParts real, TimeProvider clock, CancellationToken cancel)
    {
        var key = $"weir-dev-{NewId.NextGuid():N}";
        var address = BusAddress.Find(real.Bus.OriginalString, _ => null)!;
        try
        {
            if (!await AskAsync(address, key, cancel))
                return;
        }
        catch (Exception away) when (away is BrokerUnreachableException or OperationInterruptedException or IOException or TimeoutException)
        {
            var found = BusCheck.Unreachable(address, away);
            throw new DevRefusedException($"{found.Words.TrimEnd('.')}. Then: {found.Advice}.", away);
        }

        if (!await IsHereAsync(real, key, clock, cancel))
            throw new DevRefusedException(
                $"Other services read the queues of the broker at {real.Broker} (virtual host {address.VirtualHost}), and they do not write into this database: two fleets would take each other's messages. "
                + "Name their database with --store; or give this one a virtual host of its own: rabbitmqctl add_vhost NAME, rabbitmqctl set_permissions -p NAME USER '.*' '.*' '.*', then --bus amqp://…/NAME.");
    }

    /// <summary>Sends the first of two parts, of which the second never comes: whoever takes it writes it down, and nothing more.</summary>
    /// <returns>Whether anybody is there who would.</returns>
    private static async Task<bool> AskAsync(BusAddress address, string key, CancellationToken cancel)
    {
        await using var connection = await address.Factory(address.VirtualHost).CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
        try
        {
            if ((await channel.QueueDeclarePassiveAsync(WeirEndpoints.Streams.Queue, cancel)).ConsumerCount == 0)
                return false;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            return false;
        }

        var part = new { key, pool = FleetReader.Pool, part = 1, parts = 2, streams = new[] { new { streamId = Stream, kind = Stream } }, by = "weir dev" };
        await channel.BasicPublishAsync(
            "", WeirEndpoints.Streams.Queue, mandatory: true, new BasicProperties { ContentType = "application/json" }, JsonSerializer.SerializeToUtf8Bytes(part), cancel);
        return true;
    }

    private static async Task<bool> IsHereAsync(RealParts real, string key, TimeProvider clock, CancellationToken cancel)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(real.Store.Kind, options => (options.ConnectionString, options.PoolMin) = (real.Store.Text, 0));
        await using var provider = services.BuildServiceProvider();
        var since = clock.GetTimestamp();
        while (true)
        {
            await using (var scope = provider.CreateAsyncScope())
            {
                if (await scope.ServiceProvider.GetRequiredService<WeirDbContext>().Parts.AnyAsync(row => row.Request.EndsWith(key), cancel))
                    return true;
            }

            if (clock.GetElapsedTime(since) > AnswerMax)
                return false;
            await Task.Delay(LookEvery, clock, cancel);
        }
    }
}
