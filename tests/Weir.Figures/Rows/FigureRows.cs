namespace Weir.Figures.Rows;

/// <summary>All rows, in the order in which they are measured.</summary>
internal static class FigureRows
{
    public static IReadOnlyList<FigureRow> All { get; } =
    [
        new("kill-fenced", "kill -9 of a worker, Fenced streams, the broker tells of vanished queues", KillRows.FencedAsync),
        new("kill-fenced-silent", "the same while nobody listens to the broker's events", KillRows.FencedWithoutEventsAsync),
        new("kill-unfenced", "kill -9 of a worker, Unfenced streams", KillRows.UnfencedAsync),
        new("cut-fenced", "a worker's packets are dropped, Fenced streams", CutRows.FencedAsync),
        new("cut-unfenced", "a worker's packets are dropped, Unfenced streams", CutRows.UnfencedAsync),
        new("drain", "SIGTERM of a worker with 50 streams", MoveRows.DrainAsync),
        new("join", "a worker joins; the healthy migrations of it", MoveRows.JoinAsync),
        new("kill-orchestrator", "kill -9 of an orchestrator at random moments", PartRows.OrchestratorAsync),
        new("kill-registry", "kill -9 of a Registry at random moments", PartRows.RegistryAsync),
        new("kill-broker", "kill -9 of the broker, and its restart", PartRows.BrokerAsync),
        new("kill-database", "kill -9 of PostgreSQL, and its restart", PartRows.DatabaseAsync),
        new("stop-worker", "SIGSTOP of a worker for 30 s, Fenced streams", StopRows.WorkerFencedAsync),
        new("stop-worker-unfenced", "SIGSTOP of a worker for 30 s, Unfenced streams", StopRows.WorkerUnfencedAsync),
        new("stop-broker", "SIGSTOP of the broker for 20 s", StopRows.BrokerAsync),
        new("same-id", "the same worker id started twice", IdentityRows.SameIdAsync),
        new("beats", "beats answered by one Registry", BeatRows.AnsweredAsync),
        new("join-at-scale", "one join at 1,000 workers x 100,000 streams, by one orchestrator", ScaleRows.JoinAsync),
        new("api", "the HTTP API at 100 workers x 10,000 streams, on both databases", ApiRows.AnswerAsync),
        new("memory", "a quiet fleet: memory, processor time", MemoryRows.QuietAsync),
    ];
}
