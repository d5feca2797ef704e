using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence;
using Weir.Persistence.Schema;

namespace Weir.Cli.Storing;

/// <summary>`weir store`: what is done to the database itself, before services may use it.</summary>
internal static class StoreVerb
{
    internal static Command Build(Terminal terminal)
    {
        var store = new Option<string?>("--store") { Description = $"The database; without it {StoreAddress.Variable}, which keeps the password out of the process list", HelpName = "Host=…|Data Source=…" };
        var migrate = new Command("migrate", "Brings the database to this program's tables\n\n  WEIR_STORE='Host=127.0.0.1;Database=weir;Username=weir;Password=…' weir store migrate") { store };
        migrate.SetAction((parsed, cancel) => MigrateAsync(terminal, StoreAddress.Of(parsed.GetValue(store), Environment.GetEnvironmentVariable), cancel));
        return new Command("store", "Works on the database itself") { migrate };
    }

    private static async Task<int> MigrateAsync(Terminal terminal, StoreAddress address, CancellationToken cancel)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(address.Kind, options => options.ConnectionString = address.Text);
        await using var provider = services.BuildServiceProvider();
        try
        {
            var done = await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(cancel);
            terminal.Words.WriteLine(done.Applied.Count == 0
                ? $"Nothing to do: the database is at {done.After}."
                : $"The database went from {done.Before ?? "empty"} to {done.After}; applied: {string.Join(", ", done.Applied)}.");
            return ExitCode.Ok;
        }
        catch (SchemaRefusedException refusal)
        {
            terminal.Words.WriteLine(refusal.Message);
            return ExitCode.Failed;
        }
    }
}
