using MassTransit;
using Microsoft.EntityFrameworkCore;
using Weir.Bus.Endpoints;
using Weir.Bus.Names;
using Weir.Cli.Dev.Demo;
using Weir.Cli.Dev.Reading;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Workers;
using Weir.Core.Assignments;
using Weir.Persistence.Resilience;

namespace Weir.Cli.Dev;

/// <summary>Asks for streams as any publisher does, over the bus. Asked again, nothing changes.</summary>
internal sealed class Declaring(IBus bus, DatabaseResilience database)
{
    private const string By = "weir dev";

    private static readonly Uri Streams = new($"exchange:{WeirEndpoints.Streams.Queue}");
    private static readonly Uri Requests = new($"exchange:{BrokerNames.ServiceQueue("registry", "requests")}");

    /// <summary>Declares all of them in one request of numbered parts.</summary>
    internal async Task DeclareAsync(IReadOnlyList<StreamDeclaration> streams, CancellationToken cancel)
    {
        if (streams.Count == 0)
            return;
        var door = await bus.GetSendEndpoint(Streams);
        foreach (var part in DeclareStreams.InParts(Key(), FleetReader.Pool, streams, By))
            await door.Send(part, cancel);
    }

    /// <summary>Withdraws the demo streams of an earlier run that are not among these.</summary>
    internal async Task WithdrawOthersAsync(IReadOnlyList<StreamDeclaration> streams, CancellationToken cancel)
    {
        var known = await database.RunAsync(
            new DatabaseCall("dev.known") { ReadsOnly = true },
            (unit, token) => unit.Db.Streams.AsNoTracking().Where(stream => stream.Kind == DemoHandler.Kind && stream.Hold != StreamHold.Withdrawn).Select(stream => stream.Stream).ToListAsync(token),
            cancel);
        var others = known.Select(stream => stream.Value).Except(streams.Select(stream => stream.StreamId), StringComparer.Ordinal).ToList();
        if (others.Count == 0)
            return;
        var door = await bus.GetSendEndpoint(Requests);
        foreach (var part in WithdrawStreams.InParts(Key(), FleetReader.Pool, others, By))
            await door.Send(part, cancel);
    }

    /// <summary>Strikes a worker that is gone for good from the register.</summary>
    internal async Task ForgetAsync(string worker, CancellationToken cancel)
    {
        var door = await bus.GetSendEndpoint(Requests);
        await door.Send(new ForgetWorker(worker, By), cancel);
    }

    private static string Key() => $"weir-dev-{NewId.NextGuid():N}";
}
