using Microsoft.Extensions.Logging;

namespace Weir.Persistence.Tests.Stage;

/// <summary>One line of a log with everything that a sink could write of it.</summary>
internal sealed record LogEntry(string Category, LogLevel Level, EventId Id, string Text, IReadOnlyDictionary<string, string> Fields)
{
    public override string ToString() => $"{Level} {Category} {Id.Name} {Text} {string.Join(' ', Fields)}";
}
