using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Contracts.Holdings;
using Weir.Contracts.Planning;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Registration;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;
using Weir.Registry.Registration;

namespace Weir.Registry.Holdings;

/// <summary>Keeps what a life says it holds, once all parts are in: as what was observed, never as what is granted.</summary>
internal sealed class HoldingsDesk(DatabaseResilience database)
{
    internal Task TakeAsync(HoldingsReported message, CancellationToken cancel) => Fault(message) is { } fault
        ? throw Words.Unanswerable(fault)
        : database.RunAsync("holdings.take", (unit, token) => PartAsync(unit, message, token), cancel);

    private static string? Fault(HoldingsReported message)
    {
        if (!Names.IsPart(message.WorkerId)) return Words.Fault("WorkerId", message.WorkerId, Names.PartRule);
        if (message.Incarnation is < 1 or > Epoch.Max) return Words.Fault("Incarnation", message.Incarnation, "1 to 2^53 - 1 is right");
        if (message.Parts is < 1 or > HoldingParts.PartsMax) return Words.Fault("Parts", message.Parts, $"1 to {HoldingParts.PartsMax} is right");
        if (message.Part < 1 || message.Part > message.Parts) return Words.Fault("Part", message.Part, $"1 to Parts, {message.Parts}, is right");
        if (message.HighestEpoch is < 0 or > Epoch.Max) return Words.Fault("HighestEpoch", message.HighestEpoch, "0 to 2^53 - 1 is right");
        return RegistrationRules.HoldingsFault(message.Holdings);
    }

    private static async Task PartAsync(UnitOfWork unit, HoldingsReported message, CancellationToken cancel)
    {
        await unit.Services.GetRequiredService<ReportedEpochStore>().RaiseAsync(new Epoch(message.HighestEpoch), cancel);
        var parts = unit.Services.GetRequiredService<PartStore>();
        var request = $"holdings/{message.Incarnation}/{message.Question}";
        if (await parts.AddAsync(request, message.Part, message.Parts, HoldingList.ToBody(message.Holdings), cancel) is not { } bodies) return;

        await parts.DropAsync(request, cancel);
        var incarnation = new Incarnation(message.Incarnation);
        var lease = (await unit.Services.GetRequiredService<LeaseStore>().FindAsync([incarnation], cancel)).FirstOrDefault();
        var era = await unit.Services.GetRequiredService<EraStore>().ReadAsync(cancel);
        if (lease.Process is null || lease.State != LeaseState.Live || lease.Worker.Value != message.WorkerId || era.Row.Began.Value != message.Question) return;

        var observations = unit.Services.GetRequiredService<ObservationStore>();
        await observations.ReplaceAsync(incarnation, HoldingList.FromBodies(bodies), cancel);
        await observations.ListedAsync(incarnation, era.Row.Began, cancel);
        if (await unit.Services.GetRequiredService<WorkerStore>().FindAsync(lease.Worker, cancel) is { } worker)
            await unit.Services.GetRequiredService<IPublishEndpoint>().Publish(new PoolChanged(worker.Pool), cancel);
    }
}
