using Weir.Core.Identity;

namespace Weir.Core.Sagas;

/// <summary>Something that happened to a move.</summary>
/// <param name="Kind">What.</param>
/// <param name="Incarnation">Who says it; none for <see cref="MigrationEventKind.LookAgain"/>.</param>
/// <param name="Epoch">Of which epoch.</param>
public readonly record struct MigrationEvent(MigrationEventKind Kind, Incarnation Incarnation, Epoch Epoch);
