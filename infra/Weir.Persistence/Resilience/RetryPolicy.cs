using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Resilience;

/// <summary>When a unit of work is tried again, and after which pause. One pipeline for the whole process; it holds no state.</summary>
internal sealed class RetryPolicy
{
    internal static readonly ResiliencePropertyKey<Effort> Effort = new("weir.effort");

    /// <param name="options">How often and how long.</param>
    /// <param name="clock">Tells the pauses.</param>
    /// <param name="chance">0 to 1, anew each time; spreads the pauses.</param>
    /// <param name="record">Hears of each try that will be repeated.</param>
    internal RetryPolicy(IOptions<DatabaseOptions> options, TimeProvider clock, Func<double> chance, FailureRecord record)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.Value.RetriesMax > 0)
            builder.AddRetry(Strategy(options.Value, chance, record));
        Pipeline = builder.Build();
    }

    internal ResiliencePipeline Pipeline { get; }

    private static RetryStrategyOptions Strategy(DatabaseOptions options, Func<double> chance, FailureRecord record) => new()
    {
        MaxRetryAttempts = options.RetriesMax,
        ShouldHandle = at => ValueTask.FromResult(
            at.Outcome.Exception is { } exception && !at.Context.CancellationToken.IsCancellationRequested && FaultJudge.Judge(exception).IsTransient),
        DelayGenerator = at => ValueTask.FromResult<TimeSpan?>(Backoff.Before(options, at.AttemptNumber, chance())),
        OnRetry = at =>
        {
            record.WillRetry(at.Context.Properties.GetValue(Effort, null!), FaultJudge.Judge(at.Outcome.Exception!), at.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };
}
