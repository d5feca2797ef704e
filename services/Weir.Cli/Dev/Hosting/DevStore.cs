using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Weir.Cli.Storing;
using Weir.Persistence;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;

namespace Weir.Cli.Dev.Hosting;

/// <summary>Brings the database to this program's tables, as `weir store migrate` does.</summary>
internal static class DevStore
{
    private const int Busy = 5;
    private const int CannotWrite = 10;
    private const int Full = 13;

    /// <exception cref="DevRefusedException">It cannot be used; the message says what to do.</exception>
    internal static async Task<StoreMigration> MigrateAsync(StoreAddress address, CancellationToken cancel)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(address.Kind, options => options.ConnectionString = address.Text);
        await using var provider = services.BuildServiceProvider();
        try
        {
            return await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(cancel);
        }
        catch (SchemaRefusedException refusal)
        {
            throw new DevRefusedException(address.Kind == DatabaseKind.Sqlite ? $"{refusal.Message} Or begin anew with another folder: --data FOLDER." : refusal.Message, refusal);
        }
        catch (Exception fault) when (fault.GetBaseException() is DbException words)
        {
            throw new DevRefusedException($"The database cannot be brought up: {words.Message.TrimEnd('.')}. {Advice(words)}", fault);
        }
    }

    private static string Advice(DbException fault) => fault switch
    {
        SqliteException { SqliteErrorCode: Full or CannotWrite } => "Most likely no room is left where it lies: make room there (df says how much there is), or give another folder with --data FOLDER.",
        SqliteException { SqliteErrorCode: Busy } => "Another program has it for itself: end that one, or give another folder with --data FOLDER.",
        SqliteException => "Give another folder with --data FOLDER, or move its file away, and a new one is made.",
        _ => "Look at the database's own log; 'weir doctor' looks at all else.",
    };
}
