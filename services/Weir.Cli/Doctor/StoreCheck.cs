using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weir.Cli.Storing;
using Weir.Persistence;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;

namespace Weir.Cli.Doctor;

/// <summary>Whether the database answers, has this version's tables, and its clock runs as fast as this machine's.</summary>
internal static class StoreCheck
{
    // The protocol bears 1.33; half of that is room for the measurement.
    private const double RateMax = 1.15;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

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
        return address.Kind == DatabaseKind.Sqlite ? [store] : [store, await RateAsync(provider, clock, cancel)];
    }

    private static async Task<Finding> RateAsync(ServiceProvider provider, TimeProvider clock, CancellationToken cancel)
    {
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WeirDbContext>();
        await db.Database.OpenConnectionAsync(cancel);
        _ = await NowAsync(db, cancel);
        var (begin, there) = (clock.GetTimestamp(), await NowAsync(db, cancel));
        var asking = clock.GetElapsedTime(begin);
        await Task.Delay(Between, clock, cancel);
        var passed = await NowAsync(db, cancel) - there;
        return Judge(passed, clock.GetElapsedTime(begin), asking);
    }

    /// <summary>The rate is known no better than the questions took.</summary>
    /// <param name="there">What passed on the server's clock.</param>
    /// <param name="here">What passed here from the first question to the last answer.</param>
    /// <param name="asking">How long a question took.</param>
    internal static Finding Judge(TimeSpan there, TimeSpan here, TimeSpan asking)
    {
        var (least, most) = (there / here, there / (here - asking - asking > TimeSpan.Zero ? here - asking - asking : here));
        var words = string.Create(CultureInfo.InvariantCulture, $"the database's clock runs at {least:0.00} to {most:0.00} of this machine's");
        return least > RateMax || most < 1 / RateMax
            ? Finding.Failed("clock rate", words, "mend the clock source or the time service of whichever runs wrong: leases bear a rate of 1.33 and no more")
            : Finding.Ok("clock rate", words);
    }

    private static Task<DateTime> NowAsync(WeirDbContext db, CancellationToken cancel) =>
        db.Database.SqlQueryRaw<DateTime>("SELECT clock_timestamp() AT TIME ZONE 'utc' AS \"Value\"").SingleAsync(cancel);
}
