namespace Weir.Persistence.Stores;

/// <summary>What a worker says of itself when it registers.</summary>
/// <param name="Pool">The pool it is planned in.</param>
/// <param name="Capacity">Units of weight it can carry, above 0.</param>
/// <param name="Version">Its software's version; null when it does not say.</param>
/// <param name="Labels">A JSON object of names and values.</param>
public sealed record WorkerProfile(string Pool, double Capacity, string? Version, string Labels);
