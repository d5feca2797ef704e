using Microsoft.Extensions.Options;
using Polly;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Resilience;

/// <summary>
/// The first rung of the retry ladder, for loops and endpoints: runs a whole unit of work in one transaction, again from the start
/// after a fault that passes by itself, each time in a fresh scope, under one deadline over all tries. A consumer's unit of work is
/// the inbox's, and its rung the endpoint's. Thread-safe.
/// </summary>
public sealed class DatabaseResilience
{
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _clock;
    private readonly AttemptRunner _runner;
    private readonly RetryPolicy _retries;
    private readonly FailureRecord _record;

    internal DatabaseResilience(IOptions<DatabaseOptions> options, TimeProvider clock, AttemptRunner runner, RetryPolicy retries, FailureRecord record)
    {
        _options = options.Value;
        _clock = clock;
        _runner = runner;
        _retries = retries;
        _record = record;
    }

    /// <summary>Runs a unit of work and commits it.</summary>
    /// <param name="call">What it is; a name is enough.</param>
    /// <param name="work">The work; it may run several times, and must not act on anything but the database before its last line.</param>
    /// <param name="cancel">The caller gives up. What was not committed is rolled back.</param>
    /// <returns>What the work returned, once it is committed.</returns>
    /// <exception cref="DatabaseUnavailableException">A passing fault did not pass in time.</exception>
    /// <exception cref="ConnectionPoolExhaustedException">No connection was to be had.</exception>
    /// <exception cref="DatabaseDeadlineException">It took longer than it may, and was ended.</exception>
    /// <exception cref="CommitResultUnknownException">The commit's answer was lost: read before doing anything.</exception>
    /// <exception cref="OperationCanceledException">
    /// The caller gave up, and nothing was committed. Who does so is let go after <see cref="DatabaseOptions.CancelGrace"/> at the latest,
    /// also by a server that hangs: what is left of the try is ended behind its back.
    /// </exception>
    public async Task<T> RunAsync<T>(DatabaseCall call, Func<UnitOfWork, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(work);
        var effort = new Effort(call, _options, _clock);
        using var deadline = new CancellationTokenSource(_options.Deadline, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        var context = ResilienceContextPool.Shared.Get(either.Token);
        context.Properties.Set(RetryPolicy.Effort, effort);
        try
        {
            var result = await _retries.Pipeline.ExecuteAsync(async at => await TryAsync(effort, work, at.CancellationToken), context);
            _record.Succeeded(effort);
            return result;
        }
        catch (Exception e)
        {
            var (ended, fault) = effort.End(e, overdue: deadline.IsCancellationRequested, givenUp: cancel.IsCancellationRequested);
            _record.Failed(effort, fault);
            if (ReferenceEquals(ended, e)) throw;
            throw ended;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>As <see cref="RunAsync{T}"/>, for work that returns nothing.</summary>
    public Task RunAsync(DatabaseCall call, Func<UnitOfWork, CancellationToken, Task> work, CancellationToken cancel) =>
        RunAsync(
            call,
            async (unit, token) =>
            {
                await work(unit, token);
                return true;
            },
            cancel);

    private async Task<T> TryAsync<T>(Effort effort, Func<UnitOfWork, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        effort.Begin();
        try
        {
            return await _runner.RunAsync(effort, work, cancel);
        }
        catch (Exception e)
        {
            effort.Failed(e);
            throw;
        }
    }
}
