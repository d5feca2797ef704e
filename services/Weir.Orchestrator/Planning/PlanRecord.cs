using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using Weir.Contracts.Planning;
using Weir.Core.Planning;
using Weir.Persistence;
using Weir.Persistence.Rows;

namespace Weir.Orchestrator.Planning;

/// <summary>Writes a plan down with its proof and what it waits for, and tells of it, in the transaction that takes its version.</summary>
internal sealed class PlanRecord(WeirDbContext db, IPublishEndpoint publish)
{
    // What is written of single streams; the rest is a number.
    private const int DelaysMax = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    internal Task WriteAsync(PlanView view, Plan plan, long version, string madeBy, int dropped, TimeSpan now, CancellationToken cancel)
    {
        var certificate = plan.Certificate;
        db.Plans.Add(new StoredPlan
        {
            Pool = view.Pool,
            Version = version,
            MadeAt = DateTime.UnixEpoch + now,
            MadeBy = madeBy,
            Moves = plan.Moves.Count,
            Placements = plan.Placements.Count,
            Certificate = JsonSerializer.Serialize(certificate, Json),
            Report = JsonSerializer.Serialize(Report(view, plan), Json),
        });
        return publish.Publish(
            new PlanApplied(
                view.Pool, version, version, plan.Placements.Count, plan.Moves.Count, certificate.MovesLowerBound, dropped,
                Told(certificate.Makespan), Told(certificate.MakespanLowerBound),
                view.Requests.Count == 0 ? null : view.Requests),
            cancel);
    }

    private static object Report(PlanView view, Plan plan) => new
    {
        plan.Report.Calm,
        view.Seen.Waiting,
        Delayed = plan.Report.Delays.Count,
        Delays = plan.Report.Delays.Take(DelaysMax).Select(delay => new
        {
            Stream = view.Seen.Streams[delay.Stream].Stream.Value,
            Worker = delay.Worker >= 0 ? view.Seen.Workers[delay.Worker].Worker.Value : null,
            delay.Reason,
        }),
        Unplaced = plan.Unplaced.Count,
        WithoutOwner = plan.Unplaced.Take(DelaysMax).Select(one => new { Stream = view.Seen.Streams[one.Stream].Stream.Value, one.Reason }),
        PinnedAway = view.Seen.PinnedAway.Count,
        WaitForTheirWorker = view.Seen.PinnedAway.Take(DelaysMax).Select(one => new
        {
            Stream = one.Row.Stream.Value,
            Worker = one.PinnedTo.Value,
            one.HasOwner,
            Reason = UnplacedReason.PinnedWorkerUnavailable,
        }),
        view.Requests,
    };

    // JSON has no infinity; a fleet in which nobody takes streams has that level.
    private static double Told(double level) => double.IsFinite(level) ? level : 0;
}
