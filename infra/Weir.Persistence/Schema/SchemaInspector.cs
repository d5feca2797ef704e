using Microsoft.EntityFrameworkCore;

namespace Weir.Persistence.Schema;

/// <summary>Compares the migrations a database has with those this program has. Writes nothing.</summary>
public sealed class SchemaInspector
{
    private readonly ISchemaAccess _access;

    internal SchemaInspector(ISchemaAccess access) => _access = access;

    /// <summary>Looks once, within the connect time-out.</summary>
    public async Task<SchemaVerdict> InspectAsync(CancellationToken cancel)
    {
        if (_access.IsMissing) return SchemaWords.Empty(_access.Database);

        try
        {
            await using var db = _access.Open(toMigrate: false);
            // Asked for by itself: the look for applied migrations takes a database that does not answer for an empty one.
            await db.Database.OpenConnectionAsync(cancel);
            var verdict = Judge([.. await db.Database.GetAppliedMigrationsAsync(cancel)], [.. db.Database.GetMigrations()], _access.Database);
            return verdict.State == SchemaState.Current && await _access.IsReadOnlyAsync(db, cancel) ? SchemaWords.ReadOnly(_access.Database) : verdict;
        }
        catch (Exception e) when (_access.WhyUnreachable(e) is { } why)
        {
            return SchemaWords.Unreachable(_access.Database, why);
        }
    }

    internal static SchemaVerdict Judge(IReadOnlyList<string> applied, IReadOnlyList<string> known, string database)
    {
        if (applied.Except(known, StringComparer.Ordinal).LastOrDefault() is { } unknown) return SchemaWords.Newer(database, unknown);
        if (applied.Count == 0) return SchemaWords.Empty(database);
        return applied.Count < known.Count ? SchemaWords.Older(database, applied[^1], known[^1]) : SchemaWords.Current(database);
    }
}
