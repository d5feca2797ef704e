using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Contracts.Planning;
using Weir.Contracts.Registration;
using Weir.Contracts.Workers;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Core.Registration;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Registry.Registration;

/// <summary>One registration whose parts are all in, inside its transaction.</summary>
internal sealed class RegistrationTaking(UnitOfWork unit, RegisterWorker message, LeaseTimes times, Epoch era)
{
    private readonly string _pool = message.Pool ?? RegistrationRules.DefaultPool;
    private readonly WorkerId _worker = WorkerId.Parse(message.WorkerId);

    /// <summary>Decides, writes and answers.</summary>
    /// <returns>The life it was given; null when it was given none.</returns>
    internal async Task<Incarnation?> DecideAsync(IReadOnlyList<Core.Consistency.Holding> holdings, CancellationToken cancel)
    {
        var workers = unit.Services.GetRequiredService<WorkerStore>();
        var known = await workers.TakeAsync(_worker, cancel);
        var hadTheName = await workers.HadTheNameAsync(_worker, message.ProcessId, cancel);
        var request = new RegisterRequest(_worker, message.ProcessId, message.Attempt, message.Predecessor);
        switch (Registering.Decide(known?.ToRow(), hadTheName, request))
        {
            case RegisterOutcome.Registered:
                return await RegisterAsync(workers, known, request, holdings, cancel);
            case RegisterOutcome.AnswerAgain:
                await AnswerAsync(known!.Newest, cancel);
                return null;
            case RegisterOutcome.Superseded:
                await RegistrationDesk.RefuseAsync(unit, message, superseded: true, $"process {known!.Process} has the name {_worker} now", cancel);
                return null;
            default:
                return null;
        }
    }

    private async Task<Incarnation> RegisterAsync(
        WorkerStore workers, StoredWorker? known, RegisterRequest request, IReadOnlyList<Core.Consistency.Holding> holdings, CancellationToken cancel)
    {
        var drawn = (await unit.Services.GetRequiredService<EpochCounter>().DrawAsync(1, cancel))[0];
        var row = Registering.Take(known?.ToRow(), request, drawn);
        await workers.WriteAsync(row, new WorkerProfile(_pool, message.Capacity, message.Version, JsonSerializer.Serialize(message.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal))), cancel);
        var ended = await unit.Services.GetRequiredService<LeaseStore>().BeginAsync(Registering.Lease(row, request, era), cancel);
        await unit.Services.GetRequiredService<ObservationStore>().ReplaceAsync(row.Newest, holdings, cancel);

        var facts = unit.Services.GetRequiredService<IPublishEndpoint>();
        foreach (var life in ended)
            await facts.Publish(new WorkerLost(known?.Pool ?? _pool, message.WorkerId, life.Value, LossReason.Superseded), cancel);
        await facts.Publish(new WorkerJoined(_pool, message.WorkerId, row.Newest.Value, message.Capacity), cancel);
        await facts.Publish(new PoolChanged(_pool), cancel);
        if (known is not null && known.Pool != _pool) await facts.Publish(new PoolChanged(known.Pool), cancel);
        await AnswerAsync(row.Newest, cancel);
        return row.Newest;
    }

    private async Task AnswerAsync(Incarnation incarnation, CancellationToken cancel) =>
        await unit.Services.GetRequiredService<WorkerCommands>().SendAsync(
            BrokerNames.WorkerQueue(message.WorkerId, message.ProcessId),
            new WorkerRegistered(message.WorkerId, message.ProcessId, message.Attempt, incarnation.Value, (int)times.Beat.TotalMilliseconds, (int)times.Ttl.TotalMilliseconds),
            cancel);
}
