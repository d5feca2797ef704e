using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Weir.Core.Eras;
using Weir.Core.Identity;
using Weir.Persistence.Rows;
using Weir.Persistence.Stores;

namespace Weir.Persistence.Schema;

/// <summary>
/// What <c>weir store migrate</c> does: all that is missing, in one transaction, so that a program killed half-way leaves the
/// database as it was. Several at once are fine: one works, the others wait and find it done.
/// </summary>
public sealed class SchemaMigrator
{
    private static readonly DateTimeOffset ErasBegin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ISchemaAccess _access;
    private readonly TimeProvider _clock;

    internal SchemaMigrator(ISchemaAccess access, TimeProvider clock)
    {
        _access = access;
        _clock = clock;
    }

    /// <summary>Brings the database to this program's schema.</summary>
    /// <exception cref="SchemaRefusedException">It is newer than this program, or cannot be reached.</exception>
    public Task<StoreMigration> MigrateAsync(CancellationToken cancel) => MigrateAsync(upTo: null, cancel);

    /// <param name="upTo">The last migration to apply; null for all.</param>
    /// <param name="cancel">Gives up; nothing is applied.</param>
    internal async Task<StoreMigration> MigrateAsync(string? upTo, CancellationToken cancel)
    {
        try
        {
            await using var db = _access.Open(toMigrate: true);
            await db.Database.OpenConnectionAsync(cancel);
            await _access.PrepareAsync(db.Database.GetDbConnection(), cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await _access.TakeTurnAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), cancel);
            var migration = await ApplyAsync(db, upTo, transaction.GetDbTransaction(), cancel);
            await transaction.CommitAsync(cancel);
            return migration;
        }
        catch (Exception e) when (_access.WhyUnreachable(e) is { } why)
        {
            throw new SchemaRefusedException(SchemaWords.Unreachable(_access.Database, why), e);
        }
    }

    private async Task<StoreMigration> ApplyAsync(WeirDbContext db, string? upTo, DbTransaction transaction, CancellationToken cancel)
    {
        var applied = await AppliedAsync(db, transaction, cancel);
        var known = db.Database.GetMigrations().ToList();
        var verdict = SchemaInspector.Judge(applied, known, _access.Database);
        if (verdict.State == SchemaState.Newer) throw new SchemaRefusedException(verdict);

        var missing = known.Except(applied, StringComparer.Ordinal).TakeWhile(name => upTo is null || string.CompareOrdinal(name, upTo) <= 0).ToList();
        if (missing.Count > 0)
        {
            var script = db.GetService<IMigrator>().GenerateScript(applied.LastOrDefault(), missing[^1], MigrationsSqlGenerationOptions.NoTransactions);
            await using var command = Command(db, transaction, script);
            await command.ExecuteNonQueryAsync(cancel);
        }

        if (applied.Count + missing.Count == known.Count && !await db.Eras.AnyAsync(cancel)) await BeginFirstEraAsync(db, transaction, cancel);
        return new StoreMigration(applied.LastOrDefault(), missing.LastOrDefault() ?? applied[^1], missing);
    }

    private async Task<List<string>> AppliedAsync(WeirDbContext db, DbTransaction transaction, CancellationToken cancel)
    {
        await using var count = Command(db, transaction, _access.CountHistories);
        return await count.ExecuteScalarAsync(cancel) is 0L ? [] : [.. await db.Database.GetAppliedMigrationsAsync(cancel)];
    }

    private static DbCommand Command(WeirDbContext db, DbTransaction transaction, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        return command;
    }

    // The wall clock keeps this database's epochs above those of one that was thrown away and made anew.
    private async Task BeginFirstEraAsync(WeirDbContext db, DbTransaction transaction, CancellationToken cancel)
    {
        var identity = await _access.IdentifyAsync(db.Database.GetDbConnection(), transaction, cancel);
        var began = Era.FirstEpochAt((long)Math.Max((_clock.GetUtcNow() - ErasBegin).TotalMilliseconds, 0));
        db.Eras.Add(StoredEra.From(EraRow.First(identity, began)));
        await db.SaveChangesAsync(cancel);
        await new EpochCounter(db).BeginAsync(began, cancel);
    }
}
