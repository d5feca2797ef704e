using System.Data.Common;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Weir.Outbox;

/// <summary>The retry that an endpoint with sagas or an inbox needs round it.</summary>
public static class ConflictRetryExtensions
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Runs a message again that lost against another: a saga's version moved, two made the same row, a deadlock, a
    /// serialization failure, a connection lost inside the transaction. Call it before UseEntityFrameworkOutbox. Each attempt has a fresh scope and transaction.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="attempts">Most further attempts; 20 where none is given. Pauses grow from 5 to 200 ms, with jitter.</param>
    public static void UseConflictRetry(this IConsumePipeConfigurator endpoint, int attempts = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<DbUpdateConcurrencyException>();
            retry.Handle<DbUpdateException>(e => IsConflict(e.InnerException));
            retry.Handle<DbException>(IsConflict);
            retry.Handle<TransactionLostException>();
            retry.Exponential(attempts, First, Longest, Step);
        });
    }

    // 23505 another made the row, 40001 serialization failure, 40P01 deadlock. SQLite gives no SQLSTATE.
    private static bool IsConflict(Exception? e) =>
        e is DbException { SqlState: "23505" or "40001" or "40P01" }
        || e is DbException { SqlState: null } sqlite && sqlite.Message.Contains("UNIQUE constraint failed", StringComparison.Ordinal);
}
