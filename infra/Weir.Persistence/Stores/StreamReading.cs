namespace Weir.Persistence.Stores;

/// <summary>A stream as people ask for it: catalogue, assignment, report and history in one row.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Pool">Its pool.</param>
/// <param name="Kind">Which handler runs it.</param>
/// <param name="State">One of <see cref="StreamQuery.States"/>.</param>
/// <param name="Worker">Who has it under a lease that is not over; null while nobody does.</param>
/// <param name="Epoch">The epoch granted last, 0 for none.</param>
/// <param name="Incarnation">The life it was granted to last, 0 for none.</param>
/// <param name="Ownership">The row's state, by its name; Unowned when there is no row.</param>
/// <param name="Reason">Why nobody owns it, by its name; OwnerLost when its owner's lease is over; null while it has an owner.</param>
/// <param name="Since">Since when it has its owner or none, UTC; null when that was not heard.</param>
/// <param name="Weight">As declared.</param>
/// <param name="Load">As reported; null when it is not.</param>
/// <param name="Class">By its name.</param>
/// <param name="IsMigrating">A migration is carrying it.</param>
/// <param name="PinnedTo">The only worker that may have it; null for any.</param>
/// <param name="Labels">A JSON object.</param>
/// <param name="LocalModeMs">Granted with it.</param>
/// <param name="Payload">What its handler needs, as JSON; null for nothing.</param>
/// <param name="DeclaredAt">When it was declared last, UTC.</param>
/// <param name="Position">How far it has come; null when that was not reported.</param>
/// <param name="ReportedAt">When it was reported, UTC.</param>
/// <param name="Failures">How often its handler ended by itself of late.</param>
public sealed record StreamReading(
    string Stream,
    string Pool,
    string Kind,
    string State,
    string? Worker,
    long Epoch,
    long Incarnation,
    string Ownership,
    string? Reason,
    DateTime? Since,
    double Weight,
    double? Load,
    string Class,
    bool IsMigrating,
    string? PinnedTo,
    string Labels,
    long LocalModeMs,
    string? Payload,
    DateTime DeclaredAt,
    string? Position,
    DateTime? ReportedAt,
    int Failures);
