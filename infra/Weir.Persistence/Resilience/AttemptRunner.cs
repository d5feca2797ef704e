using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weir.Persistence.Faults;
using Weir.Persistence.Settings;

namespace Weir.Persistence.Resilience;

/// <summary>One try: a fresh scope, one transaction, the work, the commit; and its end for real when it does not heed the deadline.</summary>
internal sealed class AttemptRunner(IServiceScopeFactory scopes, IOptions<DatabaseOptions> options, TimeProvider clock, ISessionEnder ender, SingleLane single)
{
    internal async Task<T> RunAsync<T>(Effort effort, Func<UnitOfWork, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var session = new SessionHandle();
        using var stop = new StopRequest(cancel);
        var attempt = AttemptAsync(effort.Call, work, session, stop.Token);
        if (await Task.WhenAny(attempt, stop.Asked) == attempt || await EndsWithinAsync(attempt, options.Value.CancelGrace)) return await attempt;

        // The work did not heed its token. Who gave up does not wait until it is ended.
        var isGivenUp = effort.Left > TimeSpan.Zero;
        var ending = EndAsync(attempt, session);
        if (isGivenUp) Forget(ending);
        else await ending;

        if (attempt.IsCompletedSuccessfully) return await attempt;
        var why = attempt.IsFaulted ? attempt.Exception.InnerException : null;
        if (why is CommitResultUnknownException) throw why;
        Forget(attempt);
        if (!attempt.IsCompleted && session.MayCommit) throw new CommitResultUnknownException(effort.Call.Operation, null, null);
        if (isGivenUp) throw new OperationCanceledException(cancel);
        throw new DatabaseDeadlineException(effort.Call.Operation, why is null ? null : FaultJudge.Judge(why).SqlState, options.Value.Deadline, effort.Tries, why);
    }

    // The server ends the statement, and if that does not help, the session.
    private async Task EndAsync(Task attempt, SessionHandle session)
    {
        await ender.EndStatementAsync(session, options.Value.CancelGrace, () => attempt.IsCompleted);
        if (await EndsWithinAsync(attempt, options.Value.CancelGrace)) return;

        await ender.EndSessionAsync(session, options.Value.CancelGrace, () => attempt.IsCompleted);
        await EndsWithinAsync(attempt, options.Value.CancelGrace);
    }

    private async Task<T> AttemptAsync<T>(DatabaseCall call, Func<UnitOfWork, CancellationToken, Task<T>> work, SessionHandle session, CancellationToken cancel)
    {
        using var turn = await single.EnterAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<LaneChoice>().Lane = call.Lane;
        var db = scope.ServiceProvider.GetRequiredService<WeirDbContext>();
        // A save that fails ends the try, so nobody needs the savepoint EF Core would make: two round trips a save.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(call.Isolation, cancel);
        session.Opened(db.Database.GetDbConnection());
        db.IsInUnitOfWork = true;
        try
        {
            var result = await work(new UnitOfWork(db, scope.ServiceProvider), cancel);
            if (db.ChangeTracker.HasChanges()) await db.SaveChangesAsync(cancel);
            if (!call.ReadsOnly) session.Committing();
            cancel.ThrowIfCancellationRequested();
            if (!call.ReadsOnly) await CommitAsync(call, transaction, cancel);
            return result;
        }
        finally
        {
            session.Closing();
            db.IsInUnitOfWork = false;
        }
    }

    private static async Task CommitAsync(DatabaseCall call, IDbContextTransaction transaction, CancellationToken cancel)
    {
        try
        {
            await transaction.CommitAsync(cancel);
        }
        catch (Exception e) when (CommitFate.IsUnknown(e))
        {
            throw new CommitResultUnknownException(call.Operation, FaultJudge.Judge(e).SqlState, e);
        }
    }

    private async Task<bool> EndsWithinAsync(Task attempt, TimeSpan time)
    {
        using var done = new CancellationTokenSource();
        var first = await Task.WhenAny(attempt, Task.Delay(time, clock, done.Token));
        await done.CancelAsync();
        return first == attempt;
    }

    // Whoever waited has been told; how it ends later is nobody's news.
    private static void Forget(Task attempt) =>
        _ = attempt.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
