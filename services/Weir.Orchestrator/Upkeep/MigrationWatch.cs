using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Leases;
using Weir.Core.Sagas;
using Weir.Orchestrator.Migrations;
using Weir.Orchestrator.Planning;
using Weir.Persistence.Resilience;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Upkeep;

/// <summary>Tells migrations to look again whose deadline passed, whose lease changed, whose row went on without them, or whose source is stuck. One a pool.</summary>
internal sealed class MigrationWatch(DatabaseResilience database, TimeProvider clock)
{
    private const int StuckAfter = 3;

    // A migration that was told has this long to act before it is told again.
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(900);
    private readonly Dictionary<Guid, long> _told = [];

    internal async Task RunAsync(PoolState state, CancellationToken cancel)
    {
        if (state.OpenMoves == 0)
        {
            _told.Clear();
            return;
        }

        StreamEntry[] open = [.. state.Streams.Where(stream => stream.Move is not null && !IsTold(stream.Move.CorrelationId) && NeedsLook(state, stream))];
        if (open.Length == 0) return;
        await database.RunAsync(
            "migrations.wake",
            async (unit, token) =>
            {
                var endpoint = await unit.Services.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(MigrationPolicy.Address);
                foreach (var stream in open)
                {
                    var move = stream.Move!;
                    if (IsStuck(state, move))
                        await endpoint.Send(new MigrationHeard(move.CorrelationId, MigrationEventKind.Stuck, move.Source.Value, move.SourceEpoch.Value), token);
                    else
                        await endpoint.Send(new MigrationDue(move.CorrelationId), token);
                }
            },
            cancel);
        foreach (var stream in open) _told[stream.Move!.CorrelationId] = clock.GetTimestamp();
    }

    private bool IsTold(Guid migration) => _told.TryGetValue(migration, out var at) && clock.GetElapsedTime(at) < TellEvery;

    private static bool NeedsLook(PoolState state, StreamEntry stream) =>
        stream.Move!.ToRow().IsDue(state.Now)
        || state.Lease(stream.Move.Source) is not { State: LeaseState.Live }
        || state.Lease(stream.Move.Target) is not { State: LeaseState.Live }
        || stream is { HasRow: true, Row.Migrating: false };

    private static bool IsStuck(PoolState state, StoredMigration move) =>
        move is { State: MigrationState.Releasing, Asked: >= StuckAfter } && state.Lease(move.Source) is { State: LeaseState.Live, Stuck: > 0 };
}
