namespace Weir.Core.Balance;

/// <summary>
/// What a worker is worth at the moment, 0.1 to 1: the original system's formula,
/// 0.3 (1 - cpu) + 0.3 (1 - memory) + 0.2 (1 - load1 / 4) + 0.1 (1 - failures / 10) + 0.1 (1 - response / 1 s),
/// every term floored at 0, the sum clamped.
/// </summary>
/// <param name="Value">0.1 to 1.</param>
/// <param name="Missing">The metrics that were not reported, in the formula's order; left out of the formula, whose other terms then share its weight; with none reported the score is 1.</param>
public sealed record PerformanceScore(double Value, IReadOnlyList<string> Missing)
{
    /// <summary>The lowest score: even the worst worker keeps a tenth of its share, so that one can see it recover.</summary>
    public const double Least = 0.1;

    private const double Load1Full = 4;
    private const double FailuresFull = 10;
    private const double ResponseFullSeconds = 1;

    /// <summary>The score of what was reported.</summary>
    /// <exception cref="ArgumentException">A metric is negative, infinite or NaN; the message names it and shows it.</exception>
    public static PerformanceScore Of(WorkerMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);

        var missing = new List<string>();
        (string Name, double? Value, double Full, double Part)[] terms =
        [
            (nameof(metrics.Cpu), metrics.Cpu, 1, 0.3),
            (nameof(metrics.Memory), metrics.Memory, 1, 0.3),
            (nameof(metrics.Load1), metrics.Load1, Load1Full, 0.2),
            (nameof(metrics.Failures), metrics.Failures, FailuresFull, 0.1),
            (nameof(metrics.ResponseSeconds), metrics.ResponseSeconds, ResponseFullSeconds, 0.1),
        ];
        var sum = 0.0;
        var reported = 0.0;
        foreach (var (name, value, full, part) in terms)
        {
            if (value is not { } metric)
            {
                missing.Add(name);
                continue;
            }

            sum += part * Term(name, metric, full);
            reported += part;
        }

        return new PerformanceScore(reported > 0 ? Math.Clamp(sum / reported, Least, 1) : 1, missing);
    }

    private static double Term(string name, double metric, double full)
    {
        if (!double.IsFinite(metric) || metric < 0)
            throw new ArgumentException(FormattableString.Invariant($"{name} is {metric}: a metric is a finite number of at least 0"), name);
        return Math.Max(0, 1 - metric / full);
    }
}
