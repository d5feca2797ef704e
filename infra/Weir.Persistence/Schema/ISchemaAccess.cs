using System.Data.Common;

namespace Weir.Persistence.Schema;

/// <summary>What differs between the databases when a schema is looked at or brought up.</summary>
internal interface ISchemaAccess
{
    /// <summary>Which database, for people: no password in it.</summary>
    string Database { get; }

    /// <summary>A context on a connection of its own, outside the pools. Whoever asks disposes it.</summary>
    /// <param name="toMigrate">It may take long and may make the database's file.</param>
    WeirDbContext Open(bool toMigrate);

    /// <summary>True when there is nothing to connect to, and so nothing in it.</summary>
    bool IsMissing { get; }

    /// <summary>One number: how many tables of migrations there are. Asked for first, since asking a table that is not there spoils a transaction.</summary>
    string CountHistories { get; }

    /// <summary>Before the transaction that migrates.</summary>
    Task PrepareAsync(DbConnection connection, CancellationToken cancel);

    /// <summary>Waits for our turn, inside the transaction: of several programs that migrate at once, one works and the others find it done.</summary>
    Task TakeTurnAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel);

    /// <summary>The database's identity, to begin the first era with.</summary>
    Task<Core.Eras.DatabaseIdentity> IdentifyAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel);

    /// <summary>Whether it answers but takes no writes.</summary>
    Task<bool> IsReadOnlyAsync(WeirDbContext db, CancellationToken cancel);

    /// <summary>Why it does not answer, in words without secrets; null when that is not what the exception says.</summary>
    string? WhyUnreachable(Exception exception);
}
