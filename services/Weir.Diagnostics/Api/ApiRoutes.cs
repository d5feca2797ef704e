namespace Weir.Diagnostics.Api;

/// <summary>The routes, all below <see cref="Base"/> but health and the document.</summary>
public static class ApiRoutes
{
    /// <summary>What they begin with.</summary>
    public const string Base = "/api/v1";

    /// <summary>GET: <see cref="FleetStatus"/>.</summary>
    public const string Status = Base + "/status";

    /// <summary>GET: <see cref="FleetHealth"/>; 503 with the same when a part is not healthy.</summary>
    public const string Health = Base + "/health";

    /// <summary>GET: a <see cref="Page{T}"/> of <see cref="WorkerSummary"/>.</summary>
    public const string Workers = Base + "/workers";

    /// <summary>GET: <see cref="WorkerDetail"/>; DELETE: strikes it from the register.</summary>
    public const string Worker = Workers + "/{id}";

    /// <summary>POST: takes every stream off it.</summary>
    public const string WorkerDrain = Worker + "/drain";

    /// <summary>POST: keeps new streams away from it.</summary>
    public const string WorkerCordon = Worker + "/cordon";

    /// <summary>POST: ends a cordon and a drain.</summary>
    public const string WorkerUncordon = Worker + "/uncordon";

    /// <summary>GET: a <see cref="Page{T}"/> of <see cref="StreamSummary"/>.</summary>
    public const string Streams = Base + "/streams";

    /// <summary>GET: <see cref="StreamDetail"/>; PUT of a <see cref="StreamPut"/> and DELETE: <see cref="CatalogueOutcome"/>.</summary>
    public const string Stream = Streams + "/{id}";

    /// <summary>GET: <see cref="StreamExplanation"/>.</summary>
    public const string StreamExplain = Stream + "/explain";

    /// <summary>POST: stops it until it is resumed.</summary>
    public const string StreamPause = Stream + "/pause";

    /// <summary>POST: ends a pause or a quarantine.</summary>
    public const string StreamResume = Stream + "/resume";

    /// <summary>POST of a <see cref="StreamBatch"/>: <see cref="CatalogueOutcome"/>.</summary>
    public const string StreamsBatch = Base + "/streams:batch";

    /// <summary>GET: a <see cref="Page{T}"/> of <see cref="MigrationSummary"/>, the latest first.</summary>
    public const string Migrations = Base + "/migrations";

    /// <summary>GET: <see cref="PlanSummary"/>; the id is <c>pool:version</c>.</summary>
    public const string Plan = Base + "/plans/{id}";

    /// <summary>POST: with <c>dryRun=true</c> a <see cref="RebalancePlan"/>, else it is asked for.</summary>
    public const string Rebalance = Base + "/rebalance";

    /// <summary>GET: server-sent events of <see cref="FleetEvent"/>.</summary>
    public const string Events = Base + "/events/stream";

    /// <summary>GET: the OpenAPI 3.1 document.</summary>
    public const string Document = "/openapi/v1.json";

    /// <summary>GET: 200 while the process runs.</summary>
    public const string HealthLive = "/health/live";

    /// <summary>GET: 200, or 503 while the store or the bus is away.</summary>
    public const string HealthReady = "/health/ready";

    /// <summary>GET: 200 once the process has started, before that 503.</summary>
    public const string HealthStartup = "/health/startup";

    /// <summary>GET: what a problem's type means, as text.</summary>
    public const string ProblemPage = "/problems/{name}";

    /// <summary>A route with its id put in, escaped as an address wants it.</summary>
    /// <param name="route">Such as <see cref="Stream"/>.</param>
    /// <param name="id">The id.</param>
    public static string With(string route, string id)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal);
    }
}
