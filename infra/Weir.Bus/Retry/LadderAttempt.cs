using MassTransit;
using MassTransit.RetryPolicies;

namespace Weir.Bus.Retry;

/// <summary>The attempt that follows a failure: it waits out its rung, or the store's absence.</summary>
/// <param name="policy">The endpoint's policy.</param>
/// <param name="context">The message.</param>
/// <param name="exception">Why the attempt before failed.</param>
/// <param name="rung">How many rungs are used up, not counting waits for the store.</param>
/// <param name="count">How many attempts were made after the first.</param>
/// <param name="cancellationToken">The end of the message's time here.</param>
internal sealed class LadderAttempt<T>(
    LadderPolicy policy, T context, Exception exception, int rung, int count, CancellationToken cancellationToken)
    : BaseRetryContext<T>(context, exception, count, cancellationToken), RetryContext<T>
    where T : class, PipeContext
{
    private readonly bool _storeIsAway = policy.Gate.IsAway(exception);

    public override TimeSpan? Delay => _storeIsAway ? null : policy.Pause(rung);

    public override Task PreRetry() => _storeIsAway ? policy.Gate.WaitAwayAsync(Exception, CancellationToken) : Task.CompletedTask;

    public bool CanRetry(Exception exception, out RetryContext<T> retryContext)
    {
        var used = _storeIsAway ? rung : rung + 1;
        retryContext = new LadderAttempt<T>(policy, Context, exception, used, RetryCount + 1, CancellationToken);
        return policy.MayRetry(exception, used) && !CancellationToken.IsCancellationRequested;
    }
}
