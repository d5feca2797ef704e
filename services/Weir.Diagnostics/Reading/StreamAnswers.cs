using System.Text.Json;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Planning;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Reading;

/// <summary>Streams as the API tells them.</summary>
internal static class StreamAnswers
{
    internal static StreamSummary Summary(StreamReading row) => new()
    {
        Id = row.Stream,
        Pool = row.Pool,
        Kind = row.Kind,
        State = State(row),
        Worker = row.Worker,
        Epoch = row.Epoch,
        Since = At(row.Since),
        Weight = row.Weight,
        Load = row.Load,
        Class = PlanAnswers.Camel(row.Class),
        Migrating = row.IsMigrating,
        PinnedTo = row.PinnedTo,
        Labels = Labels(row.Labels),
    };

    internal static StreamDetail Detail(StreamReading row, MigrationReading? migration) => new()
    {
        Id = row.Stream,
        Pool = row.Pool,
        Kind = row.Kind,
        State = State(row),
        Worker = row.Worker,
        Epoch = row.Epoch,
        Since = At(row.Since),
        Weight = row.Weight,
        Load = row.Load,
        Class = PlanAnswers.Camel(row.Class),
        Migrating = row.IsMigrating,
        PinnedTo = row.PinnedTo,
        Labels = Labels(row.Labels),
        Incarnation = row.Incarnation,
        Ownership = PlanAnswers.Camel(row.Ownership),
        UnownedBecause = row.Reason is { } reason ? PlanAnswers.Camel(reason) : null,
        LocalModeMs = row.LocalModeMs,
        Definition = row.Payload is { } payload ? JsonElement.Parse(payload) : null,
        Position = row.Position,
        ReportedAt = At(row.ReportedAt),
        DeclaredAt = At(row.DeclaredAt)!.Value,
        Failures = row.Failures,
        Migration = migration is null ? null : MigrationAnswers.Summary(migration),
    };

    internal static IReadOnlyDictionary<string, string> Labels(string json) =>
        JsonSerializer.Deserialize<SortedDictionary<string, string>>(json) ?? [];

    internal static DateTimeOffset? At(DateTime? instant) => instant is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null;

    private static StreamState State(StreamReading row) => Enum.Parse<StreamState>(row.State, ignoreCase: true);
}
