namespace Weir.Core.Planning;

/// <summary>What every worker weighs before anything is decided by choice, pins carried out.</summary>
internal sealed class Loads
{
    internal Loads(Standing standing)
    {
        var snapshot = standing.Snapshot;
        var weights = snapshot.Weights!;
        Of = new double[snapshot.WorkerCount];
        Held = new double[snapshot.WorkerCount];
        var heaviest = 0.0;
        var fraction = 0.0;
        for (var s = 0; s < weights.Length; s++)
        {
            var owner = snapshot.Owners[s];
            heaviest = Math.Max(heaviest, weights[s]);
            fraction += weights[s] - Math.Floor(weights[s]);
            if (owner >= 0)
                Of[owner] += weights[s];
        }

        Heaviest = heaviest;
        Whole = fraction == 0;
        for (var w = 0; w < Of.Length; w++)
            Of[w] = standing.IsLive(w) ? Of[w] : 0;
        foreach (var pin in standing.Pins)
        {
            Of[pin.From] -= weights[pin.Stream];
            Of[pin.To] += weights[pin.Stream];
        }

        foreach (var pinned in standing.PinnedPlacements)
            Of[pinned.To] += weights[pinned.Stream];
        foreach (var held in standing.HeldPlaces)
            Held[held.To] += weights[held.Stream];
    }

    /// <summary>Weight on each live worker.</summary>
    internal double[] Of { get; }

    /// <summary>The part of it that cannot be taken.</summary>
    internal double[] Held { get; }

    /// <summary>Whether every weight is a whole number.</summary>
    internal bool Whole { get; }

    /// <summary>The heaviest stream of the fleet.</summary>
    internal double Heaviest { get; }
}
