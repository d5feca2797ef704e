namespace Weir.Diagnostics.Api;

/// <summary>How many streams stand where; withdrawn ones count nowhere, and the five add up to <paramref name="Total"/>.</summary>
/// <param name="Total">Streams that are in the catalogue.</param>
/// <param name="Running">See <see cref="StreamState.Running"/>.</param>
/// <param name="Starting">See <see cref="StreamState.Starting"/>.</param>
/// <param name="Unowned">See <see cref="StreamState.Unowned"/>.</param>
/// <param name="Quarantined">See <see cref="StreamState.Quarantined"/>.</param>
/// <param name="Paused">See <see cref="StreamState.Paused"/>.</param>
public sealed record StreamCounts(long Total, long Running, long Starting, long Unowned, long Quarantined, long Paused);
