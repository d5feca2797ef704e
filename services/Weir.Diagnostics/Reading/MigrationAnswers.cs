using System.Globalization;
using Microsoft.AspNetCore.Http;
using Weir.Core.Identity;
using Weir.Core.Sagas;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Planning;
using Weir.Diagnostics.Problems;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Reading;

/// <summary>Migrations: from an address to a query, and from rows to a page.</summary>
internal static class MigrationAnswers
{
    private static readonly string[] States = [.. Enum.GetNames<MigrationState>().Select(PlanAnswers.Camel)];

    internal static (MigrationQuery Query, string Question) Read(HttpRequest request)
    {
        var asked = new Asked(request, "state", "stream", "worker", "pool", "cursor", "limit");
        var question = $"migrations?{asked.Question()}";
        var after = Cursor.Read(asked.One("cursor"), question);
        return (new MigrationQuery
        {
            OnlyStates = [.. asked.Several("state", States).Select(state => Enum.Parse<MigrationState>(state, ignoreCase: true).ToString())],
            Stream = asked.One("stream") is { } stream ? DeclarationReading.StreamName(stream, "stream") : null,
            Worker = asked.One("worker") is { } worker ? WorkerId.TryParse(worker, out _) ? worker : throw Refuse.Field("worker", worker, WorkerAnswers.NameRule) : null,
            Pool = asked.One("pool") is { } pool ? DeclarationReading.Pool(pool) : null,
            After = after is { } at ? After(at.Key, at.Id) : null,
            Limit = asked.Limit() + 1,
        }, question);
    }

    internal static Page<MigrationSummary> Page(IReadOnlyList<MigrationReading> rows, MigrationQuery query, string question)
    {
        var shown = rows.Take(query.Limit - 1).ToList();
        var next = rows.Count < query.Limit ? null : Cursor.Write(question, shown[^1].StartedAt.Ticks.ToString(CultureInfo.InvariantCulture), shown[^1].Id.ToString());
        return new Page<MigrationSummary>([.. shown.Select(Summary)], next);
    }

    internal static MigrationSummary Summary(MigrationReading row) => new()
    {
        Id = row.Id,
        Pool = row.Pool,
        Stream = row.Stream,
        State = PlanAnswers.Camel(row.State),
        From = row.From,
        To = row.To,
        FromIncarnation = row.Source,
        ToIncarnation = row.Target,
        FromEpoch = row.SourceEpoch,
        ToEpoch = row.TargetEpoch,
        Reason = row.Reason is { } reason ? PlanAnswers.Camel(reason) : null,
        StartedAt = StreamAnswers.At(row.StartedAt)!.Value,
        EndedAt = StreamAnswers.At(row.EndedAt),
        TookMs = row.EndedAt is { } ended ? Math.Max(0, (long)(ended - row.StartedAt).TotalMilliseconds) : null,
        Asked = row.Asked,
    };

    private static (DateTime, Guid) After(string key, string id) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks && Guid.TryParse(id, out var last)
            ? (new DateTime(ticks, DateTimeKind.Utc), last)
            : throw Refuse.Field("cursor", key, "a cursor of this list is right");
}
