using System.Text.Json;

namespace Weir.Diagnostics.Api;

/// <summary>A stream with all that is known of it.</summary>
public sealed record StreamDetail : StreamSummary
{
    /// <summary>The life of the worker that it was granted to last; 0 when it never was.</summary>
    public required long Incarnation { get; init; }

    /// <summary>The row as ownership has it: <c>unowned</c>, <c>starting</c>, <c>owned</c> or <c>releasing</c>.</summary>
    public required string Ownership { get; init; }

    /// <summary>Why nobody has it, while that is so, such as <c>released</c> or <c>failed</c>; else null.</summary>
    public string? UnownedBecause { get; init; }

    /// <summary>How long a worker that is cut off may go on with it, in milliseconds.</summary>
    public required long LocalModeMs { get; init; }

    /// <summary>What its handler needs to know, as it was declared; null when nothing.</summary>
    public JsonElement? Definition { get; init; }

    /// <summary>How far it has come, in its handler's words.</summary>
    public string? Position { get; init; }

    /// <summary>When its handler last reported.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>When it was declared last.</summary>
    public required DateTimeOffset DeclaredAt { get; init; }

    /// <summary>How often its handler ended by itself within the span that counts for quarantine.</summary>
    public required int Failures { get; init; }

    /// <summary>The migration that carries it; null when none does.</summary>
    public MigrationSummary? Migration { get; init; }
}
