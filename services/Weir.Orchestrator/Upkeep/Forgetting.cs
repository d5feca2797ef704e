using Microsoft.Extensions.DependencyInjection;
using Weir.Core.Assignments;
using Weir.Orchestrator.Planning;
using Weir.Persistence.Resilience;
using Weir.Persistence.Stores;

namespace Weir.Orchestrator.Upkeep;

/// <summary>
/// Deletes the rows of streams that nobody has and that were withdrawn a day ago, or that the catalogue no longer has. Until then a
/// stream that is declared again goes on with its row. The statement looks at both tables again.
/// </summary>
internal sealed class Forgetting(DatabaseResilience database)
{
    /// <summary>How long the row of a withdrawn stream stays.</summary>
    internal static readonly TimeSpan WithdrawnFor = TimeSpan.FromDays(1);

    /// <returns>How many rows are gone.</returns>
    internal async Task<int> RunAsync(PoolState state, CancellationToken cancel)
    {
        var forgotten = 0;
        foreach (var slice in state.Streams.Where(stream => IsDone(state, stream)).Select(stream => stream.Id).ToList().Chunk(AssignmentStore.SliceMax))
        {
            var gone = await database.RunAsync(
                "assignments.forget",
                (unit, token) => unit.Services.GetRequiredService<AssignmentStore>().ForgetAsync(state.Pool, slice, WithdrawnFor, token),
                cancel);
            foreach (var stream in gone) state.Forget(stream);
            forgotten += gone.Count;
        }

        return forgotten;
    }

    private static bool IsDone(PoolState state, StreamEntry stream) =>
        stream is { HasRow: true, Row: { State: AssignmentState.Unowned, Migrating: false }, Move: null }
        && (stream.Declared is null || (stream.Declared.WithdrawnAt is { } at && state.Now - (at - DateTime.UnixEpoch) > WithdrawnFor));
}
