using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Weir.Outbox.Dialects;

namespace Weir.Outbox.Writing;

/// <summary>The messages one context holds between publish and commit. A context is used by one thread at a time, except for publishing.</summary>
internal sealed class PendingMessages
{
    private static readonly ConditionalWeakTable<DbContext, PendingMessages> All = [];

    // Below it one statement with arrays costs more than the rows.
    private const int Many = 4;

    private readonly List<OutboxMessage> _unsaved = [];

    /// <summary>Messages that wait for SaveChanges.</summary>
    public int Unsaved => _unsaved.Count;

    /// <summary>Rows that wait for the end of an explicit transaction.</summary>
    public bool IsUncommitted { get; set; }

    /// <summary>A transaction of ours is open on the context: its connection may not be opened anew until that ends.</summary>
    public bool IsGuarded { get; set; }

    /// <summary>A save inside somebody's transaction is under way: the same holds.</summary>
    public bool IsSavingInside { get; set; }

    /// <summary>This save or transaction also makes the lane's rows.</summary>
    public bool MakesLane { get; set; }

    public static PendingMessages Of(DbContext db) => All.GetOrCreateValue(db);

    public static bool TryGet(DbContext? db, [NotNullWhen(true)] out PendingMessages? pending)
    {
        pending = null;
        return db is not null && All.TryGetValue(db, out pending);
    }

    /// <summary>Adds the row to the context. Parallel publishes of one scope are common, so this alone may run in parallel.</summary>
    public static void Add(DbContext db, OutboxMessage row)
    {
        var pending = Of(db);
        lock (pending._unsaved)
        {
            db.Add(row);
            pending._unsaved.Add(row);
        }
    }

    /// <summary>
    /// Writes the rows at once, ahead of what the context saves in the same transaction; where they are few, or the database knows
    /// no such statement, the context saves them with the others.
    /// </summary>
    public async Task WriteAsync(DbContext db, OutboxDialect dialect, RawSql sql, TableNames names, CancellationToken cancel)
    {
        OutboxMessage[] rows;
        lock (_unsaved) rows = [.. _unsaved.Where(row => db.Entry(row).State == EntityState.Added)];
        if (rows.Length < Many || !await dialect.TryInsertAsync(sql, names, rows, cancel)) return;
        foreach (var row in rows) db.Entry(row).State = EntityState.Detached;
    }

    /// <summary>Takes saved rows out of the context: nobody reads them again, and a long-lived one would keep them for ever.</summary>
    public void Saved(DbContext db)
    {
        lock (_unsaved)
        {
            foreach (var row in _unsaved) db.Entry(row).State = EntityState.Detached;
            _unsaved.Clear();
        }
    }

    /// <summary>Forgets what was rolled back or cleared away.</summary>
    public void Forget()
    {
        lock (_unsaved) _unsaved.Clear();
        IsUncommitted = false;
        MakesLane = false;
    }
}
