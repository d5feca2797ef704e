using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Contracts.Planning;
using Weir.Contracts.Registration;
using Weir.Contracts.Workers;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;
using Weir.Registry.Beats;

namespace Weir.Registry.Lifecycle;

/// <summary>What becomes of a worker between its registration and its end, as it or a person asks. Asked twice, nothing more happens.</summary>
internal sealed class WorkerDesk(DatabaseResilience database, ILogger<WorkerDesk> logger)
{
    private const int ReasonMax = 200;
    private const int ByMax = 128;

    internal async Task TakeAsync(WorkerStopped message, CancellationToken cancel)
    {
        var worker = Worker(message.WorkerId);
        var outcome = await database.RunAsync("worker.stop", (unit, token) => StopAsync(unit, worker, new Incarnation(message.Incarnation), message.Reason, token), cancel);
        RegistryLog.Lifecycle(logger, nameof(WorkerStopped), worker.Value, "worker", outcome);
    }

    internal async Task TakeAsync(DrainWorker message, CancellationToken cancel)
    {
        var worker = Worker(message.WorkerId);
        var outcome = await database.RunAsync(
            "worker.drain",
            (unit, token) => ChangeAsync(unit, worker, (workers, at) => workers.DrainAsync(worker, new Incarnation(message.Incarnation), at), token),
            cancel);
        RegistryLog.Lifecycle(logger, nameof(DrainWorker), worker.Value, Asker(message.By), outcome);
    }

    internal async Task TakeAsync(CordonWorker message, CancellationToken cancel)
    {
        var worker = Worker(message.WorkerId);
        var outcome = await database.RunAsync("worker.cordon", (unit, token) => ChangeAsync(unit, worker, (workers, at) => workers.CordonAsync(worker, at), token), cancel);
        RegistryLog.Lifecycle(logger, nameof(CordonWorker), worker.Value, Asker(message.By), outcome);
    }

    internal async Task TakeAsync(UncordonWorker message, CancellationToken cancel)
    {
        var worker = Worker(message.WorkerId);
        var outcome = await database.RunAsync("worker.uncordon", (unit, token) => UncordonAsync(unit, worker, token), cancel);
        RegistryLog.Lifecycle(logger, nameof(UncordonWorker), worker.Value, Asker(message.By), outcome);
    }

    internal async Task TakeAsync(ForgetWorker message, CancellationToken cancel)
    {
        var worker = Worker(message.WorkerId);
        var outcome = await database.RunAsync("worker.forget", (unit, token) => ForgetAsync(unit, worker, token), cancel);
        RegistryLog.Lifecycle(logger, nameof(ForgetWorker), worker.Value, Asker(message.By), outcome);
    }

    private static string Asker(string? by) => by is { Length: > 0 } ? Words.Harmless(by, ByMax) : "?";

    private static async Task<string> StopAsync(UnitOfWork unit, WorkerId worker, Incarnation incarnation, string? reason, CancellationToken cancel)
    {
        var leases = unit.Services.GetRequiredService<LeaseStore>();
        var row = await unit.Services.GetRequiredService<WorkerStore>().TakeAsync(worker, cancel);
        var lease = (await leases.FindAsync([incarnation], cancel)).FirstOrDefault();
        if (lease.Process is null || lease.Worker != worker) return "no such incarnation";
        if (lease.Stopped) return "stopped already";
        await leases.StopAsync(incarnation, cancel);
        var facts = unit.Services.GetRequiredService<IPublishEndpoint>();
        var pool = row?.Pool ?? "";
        await facts.Publish(new WorkerLeft(pool, worker.Value, incarnation.Value, reason is null ? null : Words.Harmless(reason, ReasonMax)), cancel);
        await facts.Publish(new PoolChanged(pool), cancel);
        return "stopped";
    }

    private static async Task<string> ChangeAsync(UnitOfWork unit, WorkerId worker, Func<WorkerStore, CancellationToken, Task<bool>> change, CancellationToken cancel)
    {
        var workers = unit.Services.GetRequiredService<WorkerStore>();
        if (await workers.TakeAsync(worker, cancel) is not { } row) return "no such worker";
        if (!await change(workers, cancel)) return "nothing to change";
        await unit.Services.GetRequiredService<IPublishEndpoint>().Publish(new PoolChanged(row.Pool), cancel);
        return "done";
    }

    private static Task<string> UncordonAsync(UnitOfWork unit, WorkerId worker, CancellationToken cancel) => ChangeAsync(
        unit,
        worker,
        async (workers, token) =>
        {
            // A drain that begins anew is told anew.
            if (await workers.FindAsync(worker, token) is { } row) await unit.Services.GetRequiredService<RequestStore>().ForgetAsync(BeatChanges.DrainTold(row.Newest), token);
            return await workers.UncordonAsync(worker, token);
        },
        cancel);

    private static async Task<string> ForgetAsync(UnitOfWork unit, WorkerId worker, CancellationToken cancel)
    {
        var workers = unit.Services.GetRequiredService<WorkerStore>();
        if (await workers.TakeAsync(worker, cancel) is not { } row) return "no such worker";
        var lease = (await unit.Services.GetRequiredService<LeaseStore>().FindAsync([row.Newest], cancel)).FirstOrDefault();
        if (lease is { Process: not null, State: LeaseState.Live }) return $"refused: incarnation {row.Newest} is live; drain or stop it first";
        await workers.ForgetAsync(worker, cancel);
        var facts = unit.Services.GetRequiredService<IPublishEndpoint>();
        await facts.Publish(new WorkerLeft(row.Pool, worker.Value, row.Newest.Value, "struck from the register"), cancel);
        await facts.Publish(new PoolChanged(row.Pool), cancel);
        return "struck from the register";
    }

    private static WorkerId Worker(string id) => WorkerId.TryParse(id, out var worker) ? worker : throw Words.Unanswerable(Words.Fault("WorkerId", id, Names.PartRule));
}
