namespace Weir.Core.Planning;

/// <summary>
/// One pool as the planner sees it: numbers in flat arrays, no names and no object a stream. Workers and streams are known
/// by their place; whoever wants the same plan for the same fleet gives them in the order of their ids, as
/// <see cref="FleetBuilder"/> does, for ties are broken by place. Immutable.
/// </summary>
public sealed class Snapshot
{
    internal readonly double[] Capacities;
    internal readonly double[] Performances;
    internal readonly WorkerState[] States;
    internal readonly int[] Owners;
    internal readonly double[]? Weights;
    internal readonly double UnitWeight;
    internal readonly StreamNote[] Notes;

    /// <summary>Takes the arrays as they are, without a copy: the caller must not change them any more.</summary>
    /// <param name="capacities">Streams a worker may hold, and its share; each finite and above 0.</param>
    /// <param name="states">One a worker.</param>
    /// <param name="performances">0 (exclusive) to 1 a worker: the part of its capacity it is worth now. Null: 1 each.</param>
    /// <param name="owners">A worker a stream, or -1 for none.</param>
    /// <param name="weights">A weight a stream, finite and at least 0. Null: 1 each.</param>
    /// <param name="notes">What is special about single streams, ordered by stream. Null: nothing.</param>
    /// <exception cref="ArgumentException">A value is outside its range; the message names its place.</exception>
    public Snapshot(
        double[] capacities,
        WorkerState[] states,
        double[]? performances,
        int[] owners,
        double[]? weights = null,
        StreamNote[]? notes = null)
    {
        ArgumentNullException.ThrowIfNull(capacities);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(owners);

        Capacities = capacities;
        States = states;
        Performances = performances ?? FilledWithOnes(capacities.Length);
        Owners = owners;
        Notes = notes ?? [];
        SnapshotRules.Check(this, weights);
        (Weights, UnitWeight) = WeightGrid.Fit(weights);
    }

    /// <summary>How many workers, the lost ones included.</summary>
    public int WorkerCount => Capacities.Length;

    /// <summary>How many streams.</summary>
    public int StreamCount => Owners.Length;

    /// <summary>Whether all streams weigh the same, so that the plan is exact.</summary>
    public bool IsUnit => Weights is null;

    /// <summary>The owner of each stream, -1 for none.</summary>
    public ReadOnlySpan<int> OwnerOf => Owners;

    /// <summary>The capacity of a worker.</summary>
    public double CapacityOf(int worker) => Capacities[worker];

    /// <summary>The weight of a stream.</summary>
    public double WeightOf(int stream) => Weights is null ? UnitWeight : Weights[stream];

    /// <summary>The fleet after a plan was carried out: same workers and weights, new owners. Notes stay, except that cool-downs are as they were.</summary>
    /// <exception cref="ArgumentNullException">No plan was given.</exception>
    public Snapshot After(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);

        return After((Placement[])plan.Placements, (Move[])plan.Moves);
    }

    internal Snapshot After(ReadOnlySpan<Placement> placements, ReadOnlySpan<Move> moves)
    {
        var owners = (int[])Owners.Clone();
        foreach (var placement in placements)
            owners[placement.Stream] = placement.To;
        foreach (var move in moves)
            owners[move.Stream] = move.To;
        return new Snapshot(this, owners);
    }

    /// <summary>The same fleet with other owners: what was checked and rounded stays as it is.</summary>
    private Snapshot(Snapshot fleet, int[] owners)
    {
        Capacities = fleet.Capacities;
        States = fleet.States;
        Performances = fleet.Performances;
        Weights = fleet.Weights;
        UnitWeight = fleet.UnitWeight;
        Notes = fleet.Notes;
        Owners = owners;
    }

    private static double[] FilledWithOnes(int length)
    {
        var ones = new double[length];
        Array.Fill(ones, 1);
        return ones;
    }
}
