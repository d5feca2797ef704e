using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Weir.Persistence.Maps;

/// <summary>A span as whole milliseconds, rounded down: both databases compare and take the greater of whole numbers alike.</summary>
internal sealed class MillisecondsConverter() : ValueConverter<TimeSpan, long>(
    span => span.Ticks / TimeSpan.TicksPerMillisecond,
    milliseconds => new TimeSpan(milliseconds * TimeSpan.TicksPerMillisecond));
