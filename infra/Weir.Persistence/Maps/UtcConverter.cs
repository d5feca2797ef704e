using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Weir.Persistence.Maps;

/// <summary>SQLite forgets that an instant is UTC; all of ours are.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    instant => instant,
    stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));
