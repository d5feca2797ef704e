using System.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Weir.Diagnostics.Api;
using Weir.Persistence.Resilience;
using Weir.Persistence.Schema;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Checking;

/// <summary>
/// Looks at every part at once, each within its own time. A look that fails or comes too late is a part that is not healthy: nothing
/// that was not seen to work counts as working.
/// </summary>
internal sealed class HealthDesk(DatabaseResilience database, StoreProbe probe, SchemaInspector schema, HealthCheckService checks, TimeProvider clock)
{
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(3);

    // It reads every assignment.
    private static readonly TimeSpan DataMax = TimeSpan.FromSeconds(10);
    private static readonly DatabaseCall Data = new("api.health") { ReadsOnly = true, Isolation = IsolationLevel.RepeatableRead };

    internal async Task<FleetHealth> LookAsync(CancellationToken cancel)
    {
        var parts = await Task.WhenAll(
            OneAsync("database", LookMax, DatabaseAsync, cancel),
            OneAsync("schema", LookMax, SchemaAsync, cancel),
            OneAsync("data", DataMax, DataAsync, cancel));
        var own = await checks.CheckHealthAsync(check => check.Tags.Contains("ready"), cancel);
        HealthPart[] all = [.. parts, .. own.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(Part)];
        return new FleetHealth(all.All(part => part.Healthy), all);
    }

    private async Task<(bool Healthy, string Words)> DatabaseAsync(CancellationToken cancel)
    {
        await probe.LookAsync(cancel);
        return (true, "it answers");
    }

    private async Task<(bool Healthy, string Words)> SchemaAsync(CancellationToken cancel)
    {
        var verdict = await schema.InspectAsync(cancel);
        return (verdict.State == SchemaState.Current, verdict.Message);
    }

    private async Task<(bool Healthy, string Words)> DataAsync(CancellationToken cancel)
    {
        var faults = await database.RunAsync(Data, (unit, token) => unit.Services.GetRequiredService<IntegrityReader>().ReadAsync(token), cancel);
        return (faults.Count == 0, faults.Count == 0 ? "the tables agree with one another" : string.Join("; ", faults.Select(fault => $"{fault.Rows} {fault.Words} (one is {fault.First})")));
    }

    private async Task<HealthPart> OneAsync(string name, TimeSpan most, Func<CancellationToken, Task<(bool Healthy, string Words)>> look, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        using var late = new CancellationTokenSource(most, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            // What does not heed the token is not waited for either.
            var (healthy, words) = await look(either.Token).WaitAsync(either.Token);
            return Part(name, healthy, words, begun);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            return Part(name, healthy: false, late.IsCancellationRequested ? FormattableString.Invariant($"no answer within {most.TotalSeconds:0} s") : fault.GetBaseException().Message, begun);
        }
    }

    private HealthPart Part(string name, bool healthy, string words, long begun) => new(name, healthy, words, Rounded(clock.GetElapsedTime(begun)));

    private static HealthPart Part(KeyValuePair<string, HealthReportEntry> entry) => new(
        entry.Key, entry.Value.Status == HealthStatus.Healthy, entry.Value.Description ?? entry.Value.Exception?.Message ?? entry.Value.Status.ToString(), Rounded(entry.Value.Duration));

    private static double Rounded(TimeSpan took) => Math.Round(took.TotalMilliseconds, 1);
}
