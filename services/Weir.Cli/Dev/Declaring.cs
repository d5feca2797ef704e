using MassTransit;
using Microsoft.EntityFrameworkCore;
using Weir.Bus.Names;
using Weir.Cli.Dev.Demo;
using Weir.Cli.Dev.Reading;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Workers;
using Weir.Core.Assignments;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Problems;
using Weir.Persistence.Resilience;

namespace Weir.Cli.Dev;

/// <summary>Asks for streams as any publisher does, over the bus, and hears what became of it. Asked again, nothing changes.</summary>
internal sealed class Declaring(CatalogueDesk desk, IBus bus, DatabaseResilience database)
{
    private const string By = "weir dev";

    // 100,000 streams take their time, and nobody waits for this.
    private static readonly TimeSpan AnswerMax = TimeSpan.FromMinutes(2);
    private static readonly Uri Requests = new($"exchange:{BrokerNames.ServiceQueue("registry", "requests")}");

    /// <summary>Withdraws the demo streams of an earlier run that are not among these, then declares all of these in one request of numbered parts.</summary>
    /// <returns>Null when that is done; else why not, for people.</returns>
    internal async Task<IReadOnlyList<string>?> DeclareAsync(IReadOnlyList<StreamDeclaration> streams, CancellationToken cancel)
    {
        try
        {
            if (await OthersAsync(streams, cancel) is { Count: > 0 } others)
                await desk.WithdrawAsync(Key(), FleetReader.Pool, others, cancel, By, AnswerMax);
            if (streams.Count > 0)
                await desk.DeclareAsync(Key(), FleetReader.Pool, streams, cancel, By, AnswerMax);
            return null;
        }
        catch (RefusedException refused) when (refused.Kind == ProblemKind.NotInTime)
        {
            return [FormattableString.Invariant($"Registry has not answered for {AnswerMax.TotalMinutes:0} min whether it takes the {streams.Count} streams: it may still be at work, and its log says more")];
        }
        catch (RefusedException refused)
        {
            return RefusalWords.Of(streams.Count, refused.Message, refused.Problem.Streams ?? []);
        }
    }

    /// <summary>Strikes a worker that is gone for good from the register.</summary>
    internal async Task ForgetAsync(string worker, CancellationToken cancel)
    {
        var door = await bus.GetSendEndpoint(Requests);
        await door.Send(new ForgetWorker(worker, By), cancel);
    }

    private async Task<List<string>> OthersAsync(IReadOnlyList<StreamDeclaration> streams, CancellationToken cancel)
    {
        var known = await database.RunAsync(
            new DatabaseCall("dev.known") { ReadsOnly = true },
            (unit, token) => unit.Db.Streams.AsNoTracking().Where(stream => stream.Kind == DemoHandler.Kind && stream.Hold != StreamHold.Withdrawn).Select(stream => stream.Stream).ToListAsync(token),
            cancel);
        return [.. known.Select(stream => stream.Value).Except(streams.Select(stream => stream.StreamId), StringComparer.Ordinal)];
    }

    private static string Key() => $"weir-dev-{NewId.NextGuid():N}";
}
