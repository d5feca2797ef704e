using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Contracts.Registration;
using Weir.Core.Identity;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Registry.Registration;

/// <summary>
/// Takes registrations: parts are kept until all are in, then one transaction writes worker, lease and what it holds, fences the
/// worker's earlier lives and carries facts and answer. A registration that has to wait gets no answer: its worker asks again.
/// </summary>
internal sealed class RegistrationDesk(DatabaseResilience database, PoolFigures figures, ILogger<RegistrationDesk> logger)
{
    internal async Task TakeAsync(RegisterWorker message, CancellationToken cancel)
    {
        if (RegistrationRules.Fault(message) is { } fault)
        {
            RegistryLog.RegistrationRefused(logger, Names.IsPart(message.WorkerId) ? message.WorkerId : "?", fault);
            if (!RegistrationRules.IsAnswerable(message)) throw Words.Unanswerable(fault);
            await database.RunAsync("registration.refuse", (unit, token) => RefuseAsync(unit, message, superseded: false, fault, token), cancel);
            return;
        }

        var times = (await figures.OfAsync(message.Pool ?? RegistrationRules.DefaultPool, cancel)).Lease();
        var registered = await database.RunAsync("registration.take", (unit, token) => PartAsync(unit, message, times, token), cancel);
        if (registered is { } incarnation)
            RegistryLog.Registered(logger, message.WorkerId, message.ProcessId, message.Attempt, incarnation.Value, message.Pool ?? RegistrationRules.DefaultPool);
    }

    private async Task<Incarnation?> PartAsync(UnitOfWork unit, RegisterWorker message, Core.Leases.LeaseTimes times, CancellationToken cancel)
    {
        var parts = unit.Services.GetRequiredService<PartStore>();
        var request = $"register/{message.WorkerId}/{message.ProcessId}/{message.Attempt}";
        var reported = unit.Services.GetRequiredService<ReportedEpochStore>();
        await reported.RaiseAsync(new Epoch(message.HighestEpoch), cancel);
        if (await parts.AddAsync(request, message.Part, message.Parts, HoldingList.ToBody(message.Holdings), cancel) is not { } bodies) return null;

        var era = await unit.Services.GetRequiredService<EraStore>().ReadAsync(cancel);
        var drawn = await unit.Services.GetRequiredService<EpochCounter>().HighestAsync(cancel);
        if (!era.MayDraw || await reported.ReadAsync(cancel) > drawn)
        {
            RegistryLog.RegistrationWaits(logger);
            return null;
        }

        var taken = await new RegistrationTaking(unit, message, times, era.Row.Began).DecideAsync(HoldingList.FromBodies(bodies), cancel);
        await parts.DropAsync(request, cancel);
        return taken;
    }

    internal static async Task RefuseAsync(UnitOfWork unit, RegisterWorker message, bool superseded, string reason, CancellationToken cancel) =>
        await unit.Services.GetRequiredService<WorkerCommands>().SendAsync(
            BrokerNames.WorkerQueue(message.WorkerId, message.ProcessId),
            new RegistrationRefused(message.WorkerId, message.ProcessId, message.Attempt, superseded, reason),
            cancel);
}
