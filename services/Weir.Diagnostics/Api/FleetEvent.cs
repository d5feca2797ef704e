using System.Text.Json;

namespace Weir.Diagnostics.Api;

/// <summary>A fact as the event stream tells it; the event's name is the fact's.</summary>
/// <param name="At">When this process heard it.</param>
/// <param name="Fact">Its name, such as <c>WorkerLost</c>.</param>
/// <param name="Pool">Its pool; null when it has none.</param>
/// <param name="Body">The fact as the contracts have it.</param>
public sealed record FleetEvent(DateTimeOffset At, string Fact, string? Pool, JsonElement Body);
