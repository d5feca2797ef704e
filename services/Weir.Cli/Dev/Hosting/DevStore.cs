using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Weir.Cli.Storing;
using Weir.Persistence;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;

namespace Weir.Cli.Dev.Hosting;

/// <summary>Brings the database to this program's tables, as `weir store migrate` does.</summary>
internal static class DevStore
{
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
        catch (DbException damaged)
        {
            throw new DevRefusedException(
                $"The database cannot be used: {damaged.Message.TrimEnd('.')}. If its file is damaged, move it away, and weir dev makes a new one; or begin anew with another folder: --data FOLDER.", damaged);
        }
    }
}
