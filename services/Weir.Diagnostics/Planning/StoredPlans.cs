using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Diagnostics.Api;
using Weir.Persistence.Rows;

namespace Weir.Diagnostics.Planning;

/// <summary>Plans that took effect, from their rows to the API.</summary>
internal static class StoredPlans
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    internal static string Id(string pool, long version) => FormattableString.Invariant($"{pool}:{version}");

    internal static PlanSummary Summary(StoredPlan plan)
    {
        var proof = JsonSerializer.Deserialize<Core.Planning.Certificate>(plan.Certificate, Json)!;
        var notes = JsonSerializer.Deserialize<PlanNotes>(plan.Report, Json)!;
        return new PlanSummary
        {
            Id = Id(plan.Pool, plan.Version),
            Pool = plan.Pool,
            Version = plan.Version,
            MadeAt = new DateTimeOffset(plan.MadeAt, TimeSpan.Zero),
            MadeBy = plan.MadeBy,
            Moves = plan.Moves,
            Placements = plan.Placements,
            Certificate = PlanAnswers.Certificate(proof),
            Report = notes with
            {
                Delays = [.. (notes.Delays ?? []).Select(delay => delay with { Reason = PlanAnswers.Camel(delay.Reason) })],
                WithoutOwner = [.. (notes.WithoutOwner ?? []).Select(one => one with { Reason = PlanAnswers.Camel(one.Reason) })],
            },
        };
    }
}
