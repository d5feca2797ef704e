using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Weir.Core.Sagas;

namespace Weir.Orchestrator.Writing;

/// <summary>
/// What a transaction wrote, told to the meters once it is committed: what was rolled back, to be tried again or because it was
/// only rehearsed, never happened. One a scope.
/// </summary>
internal sealed class CommittedCounts(OrchestratorMetrics metrics) : DbTransactionInterceptor
{
    private readonly List<MigrationState> _ended = [];
    private int _rows;

    internal void Wrote(int rows) => _rows += rows;

    internal void Ended(MigrationState end) => _ended.Add(end);

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Tell();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell();
        return Task.CompletedTask;
    }

    public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        Forget();
        return result;
    }

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        Forget();
        return ValueTask.FromResult(result);
    }

    private void Tell()
    {
        if (_rows > 0) metrics.Wrote(_rows);
        foreach (var end in _ended) metrics.Ended(end);
        Forget();
    }

    // A transaction that ends without a commit is disposed of in silence, so the next one begins from nothing.
    private void Forget()
    {
        _rows = 0;
        _ended.Clear();
    }
}
