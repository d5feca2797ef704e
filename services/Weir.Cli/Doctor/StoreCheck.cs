using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Cli.Storing;
using Weir.Persistence;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Cli.Doctor;

/// <summary>Whether the database answers, has this version's tables, and its clock runs as fast as this machine's.</summary>
internal static class StoreCheck
{
    // The protocol bears 1.33; half of that is room for the measurement.
    private const double RateMax = 1.15;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly DatabaseCall Data = new("doctor.data") { ReadsOnly = true, Isolation = IsolationLevel.RepeatableRead };

    internal static async Task<IReadOnlyList<Finding>> LookAsync(StoreAddress address, TimeProvider clock, CancellationToken cancel)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(address.Kind, options =>
        {
            options.ConnectionString = address.Text;
            options.ApplicationName = "weir-doctor";
            options.PoolMin = 0;
        });
        await using var provider = services.BuildServiceProvider();
        var verdict = await provider.GetRequiredService<SchemaInspector>().InspectAsync(cancel);
        if (verdict.State != SchemaState.Current)
            return [Finding.Failed("store", verdict.Message, verdict.State is SchemaState.Empty or SchemaState.Older ? "weir store migrate" : "as it says")];
        var store = Finding.Ok("store", verdict.Message);
        List<Finding> findings = address.Kind == DatabaseKind.Sqlite ? [store] : [store, await RateAsync(provider, clock, cancel)];
        await using var scope = provider.CreateAsyncScope();
        if (await WorkerVersions.LookAsync(scope.ServiceProvider.GetRequiredService<WeirDbContext>(), cancel) is { } versions)
            findings.Add(versions);
        findings.Add(await DataAsync(provider, cancel));
        return findings;
    }

    private static async Task<Finding> DataAsync(ServiceProvider provider, CancellationToken cancel)
    {
        IReadOnlyList<IntegrityFault> faults;
        try
        {
            faults = await provider.GetRequiredService<DatabaseResilience>().RunAsync(Data, (unit, token) => unit.Services.GetRequiredService<IntegrityReader>().ReadAsync(token), cancel);
        }
        catch (DatabaseFaultException unread)
        {
            return Finding.Failed("data", $"the tables could not be read: {unread.GetBaseException().Message}", "give this role the right to read them all, or name the services' own");
        }

        return faults.Count == 0
            ? Finding.Ok("data", "the tables agree with one another")
            : Finding.Failed(
                "data", string.Join("; ", faults.Select(fault => $"{fault.Rows} {fault.Words} (one is {fault.First})")),
                "no program of Weir's writes such rows: was a part of the database restored, or written by hand? Bring back the whole of one backup; what it lacks, the workers tell again");
    }

    private static async Task<Finding> RateAsync(ServiceProvider provider, TimeProvider clock, CancellationToken cancel)
    {
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WeirDbContext>();
        await db.Database.OpenConnectionAsync(cancel);
        _ = await NowAsync(db, cancel);
        var (asked, there) = (clock.GetTimestamp(), await NowAsync(db, cancel));
        var answered = clock.GetTimestamp();
        await Task.Delay(Between, clock, cancel);
        var between = clock.GetElapsedTime(answered);
        var passed = await NowAsync(db, cancel) - there;
        return Judge(passed, between, clock.GetElapsedTime(asked));
    }

    /// <summary>The rate is known no better than the questions took.</summary>
    /// <param name="there">What passed on the server's clock.</param>
    /// <param name="between">What passed here from the first answer to the last question.</param>
    /// <param name="overall">What passed here from the first question to the last answer.</param>
    internal static Finding Judge(TimeSpan there, TimeSpan between, TimeSpan overall)
    {
        var (least, most) = (there / overall, there / between);
        var words = string.Create(CultureInfo.InvariantCulture, $"the database's clock runs at {least:0.00} to {most:0.00} of this machine's");
        return least > RateMax || most < 1 / RateMax
            ? Finding.Failed("clock rate", words, "mend the clock source or the time service of whichever runs wrong: leases bear a rate of 1.33 and no more")
            : Finding.Ok("clock rate", words);
    }

    private static Task<DateTime> NowAsync(WeirDbContext db, CancellationToken cancel) =>
        db.Database.SqlQueryRaw<DateTime>("SELECT clock_timestamp() AT TIME ZONE 'utc' AS \"Value\"").SingleAsync(cancel);
}
