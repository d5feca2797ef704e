using MassTransit;
using MassTransit.RetryPolicies;

namespace Weir.Bus.Retry;

/// <summary>One message on the ladder, before its first failure.</summary>
internal sealed class LadderPolicyContext<T>(LadderPolicy policy, T context) : BaseRetryPolicyContext<T>(policy, context)
    where T : class, PipeContext
{
    public override bool CanRetry(Exception exception, out RetryContext<T> retryContext)
    {
        var token = CancellationToken;
        retryContext = new LadderAttempt<T>(policy, Context, exception, rung: 0, count: 0, token);
        return policy.MayRetry(exception, rung: 0) && !token.IsCancellationRequested;
    }

    protected override RetryContext<T> CreateRetryContext(Exception exception, CancellationToken cancellationToken) =>
        new LadderAttempt<T>(policy, Context, exception, rung: 0, count: 0, cancellationToken);
}
