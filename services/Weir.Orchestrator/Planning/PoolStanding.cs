using Weir.Core.Assignments;

namespace Weir.Orchestrator.Planning;

/// <summary>Counts a pool's streams for its gauges.</summary>
internal static class PoolStanding
{
    internal static void Report(PoolState state, OrchestratorMetrics metrics, TimeProvider clock)
    {
        var streams = new Dictionary<AssignmentState, long>();
        var oldest = TimeSpan.Zero;
        foreach (var stream in state.Streams)
        {
            if (!stream.HasRow || stream.Row.Hold == StreamHold.Withdrawn) continue;
            streams[stream.Row.State] = streams.GetValueOrDefault(stream.Row.State) + 1;
            if (stream.Row.Hold != StreamHold.None || stream.UnownedSince is not { } since) continue;
            var age = clock.GetElapsedTime(since);
            if (age > oldest) oldest = age;
        }

        metrics.Stand(state.Pool, streams, oldest.TotalSeconds);
    }
}
