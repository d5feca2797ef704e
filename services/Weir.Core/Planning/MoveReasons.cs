namespace Weir.Core.Planning;

/// <summary>Says why a stream moves, and how urgent that is.</summary>
internal static class MoveReasons
{
    private const double PerformancePartMax = 9;

    /// <summary>The reason of a move nobody ordered.</summary>
    /// <param name="standing">The fleet before the plan.</param>
    /// <param name="from">The source.</param>
    /// <param name="to">The target.</param>
    /// <param name="loadFrom">What the source holds, in weight.</param>
    /// <param name="levelByCapacity">Weight per unit of capacity if performance did not count.</param>
    internal static MoveReason Of(Standing standing, int from, int to, double loadFrom, double levelByCapacity)
    {
        var snapshot = standing.Snapshot;
        if (snapshot.States[from] == WorkerState.Draining)
            return MoveReason.WorkerDraining;
        if (standing.Count[to] == 0)
            return MoveReason.NewWorker;
        return snapshot.Performances[from] < 1 && loadFrom <= snapshot.Capacities[from] * levelByCapacity * (1 + 1e-9)
            ? MoveReason.PerformanceDegraded
            : MoveReason.Imbalance;
    }

    internal static Move Explain(Snapshot snapshot, int stream, int from, int to, MoveReason reason)
    {
        var gain = Math.Max(0, snapshot.Performances[to] - snapshot.Performances[from]);
        return new Move(stream, from, to, reason, (byte)((int)reason + (int)Math.Round(PerformancePartMax * gain)));
    }
}
