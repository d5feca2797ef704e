using Microsoft.EntityFrameworkCore;
using Weir.Core.Leases;
using Weir.Persistence;

namespace Weir.Cli.Doctor;

/// <summary>Which versions of their own software the workers said they are, when they registered.</summary>
internal static class WorkerVersions
{
    private const int NamedMax = 4;

    /// <returns>Null where no live worker said one.</returns>
    internal static async Task<Finding?> LookAsync(WeirDbContext db, CancellationToken cancel)
    {
        var live = await db.Workers.AsNoTracking()
            .Join(db.Leases, worker => worker.Newest, lease => lease.Incarnation, (worker, lease) => new { worker.Worker, worker.Version, lease.State })
            .Where(one => one.State == LeaseState.Live && one.Version != null)
            .ToListAsync(cancel);
        return Judge(live.Select(one => (one.Worker.Value, one.Version!)));
    }

    internal static Finding? Judge(IEnumerable<(string Worker, string Version)> live)
    {
        var versions = live.ToLookup(one => one.Version, one => one.Worker, StringComparer.Ordinal);
        var words = string.Join("; ", versions.OrderBy(version => version.Key, StringComparer.Ordinal).Select(version => $"{version.Key}: {Named([.. version.Order(StringComparer.Ordinal)])}"));
        return versions.Count switch
        {
            0 => null,
            1 => Finding.Ok("worker versions", $"all that say one say {words}"),
            _ => Finding.Warning("worker versions", words, "workers of one program belong to one version: drain and restart those that were left behind; of several programs this is as it must be"),
        };
    }

    private static string Named(List<string> workers) =>
        string.Join(", ", workers.Take(NamedMax)) + (workers.Count > NamedMax ? FormattableString.Invariant($" and {workers.Count - NamedMax} more") : "");
}
