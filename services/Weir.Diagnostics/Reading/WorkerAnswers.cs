using System.Globalization;
using Microsoft.AspNetCore.Http;
using Weir.Core.Identity;
using Weir.Core.Leases;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Planning;
using Weir.Diagnostics.Problems;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Reading;

/// <summary>Workers as the API tells them. There are few of them beside streams: they are read whole, then filtered and sorted here.</summary>
internal static class WorkerAnswers
{
    internal const string NameRule = "1 to 64 letters, digits or hyphens, a letter or digit first, are right";
    private static readonly string[] Sorts = ["id", "load", "streams", "state", "capacity"];
    private static readonly string[] States = [.. Enum.GetNames<WorkerStanding>().Select(PlanAnswers.Camel)];

    internal static WorkerId Id(string id) => WorkerId.TryParse(id, out var worker) ? worker : throw Refuse.Field("id", id, NameRule);

    internal static Page<WorkerSummary> Page(HttpRequest request, FleetReading fleet)
    {
        var asked = new Asked(request, "state", "pool", "label", "q", "sort", "cursor", "limit");
        var (sort, isDescending) = asked.Order(Sorts);
        var question = $"workers?{asked.Question()}";
        var (after, limit) = (Cursor.Read(asked.One("cursor"), question), asked.Limit());
        var states = asked.Several("state", States).Select(state => Enum.Parse<WorkerStanding>(state, ignoreCase: true)).ToList();
        var (labels, text) = (asked.Pairs("label"), asked.One("q"));
        var pool = asked.One("pool") is { } given ? DeclarationReading.Pool(given) : null;
        var found = fleet.Workers.Select(row => Summary(row, fleet))
            .Where(row => states.Count == 0 || states.Contains(row.State))
            .Where(row => pool is null || row.Pool == pool)
            .Where(row => labels.All(label => row.Labels.TryGetValue(label.Key, out var value) && value == label.Value))
            .Where(row => text is null || row.Id.Contains(text, StringComparison.OrdinalIgnoreCase))
            .Select(row => (Row: row, Key: Key(row, sort)))
            .Where(row => after is not { } last || Compare(row.Key, row.Row.Id, last.Key, last.Id) * (isDescending ? -1 : 1) > 0)
            .ToList();
        found.Sort((a, b) => Compare(a.Key, a.Row.Id, b.Key, b.Row.Id) * (isDescending ? -1 : 1));
        var shown = found.Take(limit).ToList();
        return new Page<WorkerSummary>([.. shown.Select(row => row.Row)], found.Count > limit ? Cursor.Write(question, shown[^1].Key, shown[^1].Row.Id) : null);
    }

    internal static WorkerSummary Summary(WorkerReading row, FleetReading fleet) => new()
    {
        Id = row.Worker.Worker.Value,
        Pool = row.Worker.Pool,
        State = Standing(row, Figures(row, fleet.Pools)),
        Capacity = row.Worker.Capacity,
        Streams = row.Streams,
        Weight = row.Weight,
        Load = row.Worker.Capacity > 0 ? row.Weight / row.Worker.Capacity : 0,
        Incarnation = row.Worker.Newest.Value,
        QuietMs = (long)(row.Lease?.Quiet.TotalMilliseconds ?? 0),
        Cordoned = row.Worker.Cordoned,
        Draining = row.Worker.Draining,
        Version = row.Worker.Version,
        RegisteredAt = StreamAnswers.At(row.Worker.RegisteredAt)!.Value,
        Labels = StreamAnswers.Labels(row.Worker.Labels),
    };

    internal static WorkerDetail Detail(WorkerReading row, PoolSettings settings, int leaving, int coming)
    {
        var times = settings.Lease();
        return new WorkerDetail
        {
            Id = row.Worker.Worker.Value,
            Pool = row.Worker.Pool,
            State = Standing(row, times),
            Capacity = row.Worker.Capacity,
            Streams = row.Streams,
            Weight = row.Weight,
            Load = row.Worker.Capacity > 0 ? row.Weight / row.Worker.Capacity : 0,
            Incarnation = row.Worker.Newest.Value,
            QuietMs = (long)(row.Lease?.Quiet.TotalMilliseconds ?? 0),
            Cordoned = row.Worker.Cordoned,
            Draining = row.Worker.Draining,
            Version = row.Worker.Version,
            RegisteredAt = StreamAnswers.At(row.Worker.RegisteredAt)!.Value,
            Labels = StreamAnswers.Labels(row.Worker.Labels),
            Process = row.Worker.Process,
            Running = row.Lease?.Running ?? 0,
            Stuck = row.Lease?.Stuck ?? 0,
            CommandsUnread = row.Lease?.CommandsUnread ?? false,
            CpuShare = row.Lease?.CpuShare,
            MemoryBytes = row.Lease?.MemoryBytes,
            Leaving = leaving,
            Coming = coming,
            Lease = new LeaseFigures((long)times.Beat.TotalMilliseconds, (long)times.Suspect.TotalMilliseconds, (long)times.FenceAfter.TotalMilliseconds, (long)times.Ttl.TotalMilliseconds),
        };
    }

    internal static LeaseTimes Figures(WorkerReading row, IReadOnlyDictionary<string, PoolSettings> pools) => pools.GetValueOrDefault(row.Worker.Pool, PoolSettings.Default).Lease();

    internal static WorkerStanding Standing(WorkerReading row, LeaseTimes times) => row.Lease switch
    {
        null => WorkerStanding.Lost,
        { Stopped: true } => WorkerStanding.Stopped,
        { State: LeaseState.Fenced } => WorkerStanding.Lost,
        { } lease when lease.Quiet >= times.Suspect => WorkerStanding.Suspect,
        _ when row.Worker.Draining => WorkerStanding.Draining,
        _ when row.Worker.Cordoned => WorkerStanding.Cordoned,
        _ => WorkerStanding.Live,
    };

    // Numbers as text of one width, so that texts and numbers are compared alike; none of them is below 0.
    private static string Key(WorkerSummary row, string sort) => sort switch
    {
        "load" => Wide(row.Load),
        "streams" => Wide(row.Streams),
        "capacity" => Wide(row.Capacity),
        "state" => PlanAnswers.Camel(row.State),
        _ => "",
    };

    private static string Wide(double value) => BitConverter.DoubleToInt64Bits(Math.Max(0, value)).ToString("D20", CultureInfo.InvariantCulture);

    private static int Compare(string key, string id, string otherKey, string otherId) =>
        string.CompareOrdinal(key, otherKey) is var order && order != 0 ? order : string.CompareOrdinal(id, otherId);
}
