using Weir.Core.Balance;

namespace Weir.Cli.Dev.Reading;

/// <summary>All that the picture shows, as of one reading. Times are spans since the program started.</summary>
internal sealed record Scene
{
    internal static Scene Empty { get; } = new();

    internal StreamCounts Streams { get; init; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>In the order of their names, numbers as numbers.</summary>
    internal IReadOnlyList<WorkerView> Workers { get; init; } = [];

    /// <summary>The longest first.</summary>
    internal IReadOnlyList<UnownedView> Unowned { get; init; } = [];

    /// <summary>Those under way, the newest first.</summary>
    internal IReadOnlyList<MoveView> Moves { get; init; } = [];

    /// <summary>The newest first.</summary>
    internal IReadOnlyList<Happening> Happenings { get; init; } = [];

    /// <summary>The pool's version: how many plans took effect.</summary>
    internal long Version { get; init; }

    /// <summary>When the tables were read.</summary>
    internal TimeSpan ReadAt { get; init; }

    /// <summary>How level the workers that count are: 1 is perfectly.</summary>
    internal double Score => BalanceScore.Of([.. Levels]);

    /// <summary>The highest level less the lowest, 0 where there are fewer than two.</summary>
    internal double Spread => Levels.Any() ? Levels.Max() - Levels.Min() : 0;

    /// <summary>What all would have if it were shared out to the drop; null without a worker.</summary>
    internal double? Target => Counted.Any() ? Counted.Sum(worker => worker.Load) / Counted.Sum(worker => worker.Capacity) : null;

    private IEnumerable<WorkerView> Counted => Workers.Where(worker => worker.Counts);

    private IEnumerable<double> Levels => Counted.Select(worker => worker.Level);
}
