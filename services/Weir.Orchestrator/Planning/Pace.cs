using Weir.Core.Identity;
using Weir.Core.Planning;

namespace Weir.Orchestrator.Planning;

/// <summary>
/// How much of a plan may begin at once. A stream rests from its release to its start; released fifty together, the last rests as long
/// as fifty handovers take.
/// </summary>
internal static class Pace
{
    /// <summary>How many of the plan's moves, from the first on, keep every worker within its limit: a prefix, for that is what was proved safe.</summary>
    internal static int Allowed(PlanView view, Plan plan, PoolState state)
    {
        if (plan.Moves.Count == 0) return 0;
        var most = state.Settings.MovesAWorkerMax();
        var busy = new Dictionary<Incarnation, int>();
        if (state.OpenMoves > 0)
        {
            foreach (var stream in state.Streams)
            {
                if (stream.Move is not { } open) continue;
                Add(busy, open.Source);
                Add(busy, open.Target);
            }
        }

        var allowed = 0;
        foreach (var move in plan.Moves)
        {
            if (Add(busy, view.Seen.Workers[move.From].Incarnation) > most || Add(busy, view.Seen.Workers[move.To].Incarnation) > most) break;
            allowed++;
        }

        return allowed;
    }

    private static int Add(Dictionary<Incarnation, int> busy, Incarnation life) => busy[life] = busy.GetValueOrDefault(life) + 1;
}
