using System.Data.Common;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Contracts.Ownership;
using Weir.Core.Sagas;
using Weir.Orchestrator.Answers;
using Weir.Orchestrator.Migrations;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;

namespace Weir.Orchestrator.Rehearsing;

/// <summary>
/// Runs a placement's and a migration's code once before the first real one, whose streams would stand still for the second or two that
/// compiling it takes: in a transaction that is always rolled back, then by messages that concern nobody (ADR 20). A rehearsal that
/// cannot be held, because the database or the broker is away, is left out.
/// </summary>
internal sealed class Rehearsal(
    DatabaseResilience database, IBus bus, IOptions<OrchestratorOptions> options, TimeProvider clock, ILogger<Rehearsal> logger)
    : IHostedLifecycleService
{
    private static readonly DatabaseCall Play = new("rehearsal") { ReadsOnly = true };
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // Replicas share the queues: each that listens gets its part of these.
    private const int Messages = 8;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the schema was looked at, and before the bus brings anything.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            await database.RunAsync(Play, (unit, token) => unit.Services.GetRequiredService<RehearsedMove>().PlayAsync($"rehearsal-{options.Value.Replica}", token), either.Token);
        }
        catch (Exception e) when (e is DatabaseFaultException or DbException or DbUpdateException or OperationCanceledException)
        {
            OrchestratorLog.NotRehearsed(logger, e.Message);
        }
    }

    /// <summary>Once the bus listens.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            var answers = await bus.GetSendEndpoint(new Uri($"exchange:{AnswerPolicy.Endpoint.Queue}"));
            var migrations = await bus.GetSendEndpoint(MigrationPolicy.Address);
            for (var message = 0; message < Messages; message++)
            {
                await answers.Send(new StreamsReleased("rehearsal", 0, []), either.Token);
                await answers.Send(new StreamsStarted("rehearsal", 0, []), either.Token);
                await migrations.Send(new MigrationHeard(NewId.NextGuid(), MigrationEventKind.Started, 0, 0), either.Token);
            }
        }
        catch (Exception e) when (e is MassTransitException or OperationCanceledException)
        {
            OrchestratorLog.NotRehearsed(logger, e.Message);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
