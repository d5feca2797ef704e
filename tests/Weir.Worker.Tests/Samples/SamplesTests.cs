using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence;
using Weir.Persistence.Schema;
using Weir.Persistence.Settings;
using Weir.Testing.Servers;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Samples;

/// <summary>The samples as they stand in the repository, with the real Registry and Orchestrator beside them.</summary>
[Integration, Slow]
public sealed class SamplesTests(BrokerStage stage) : IClassFixture<BrokerStage>
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publisher_Declares10000StreamsInOneRequest_AndHearsTheAnswerAndTheFacts_OfWhatFirstWorkerRuns()
    {
        await MigrateAsync();
        await using var registry = await ServiceAsync("Weir.Registry");
        await using var orchestrator = await ServiceAsync("Weir.Orchestrator");
        using var broker = new ManagementApi(stage.Broker);
        foreach (var queue in (string[])["weir.registry.streams", "weir.registry.register", "weir.orchestrator.answers"])
            await Eventually.TrueAsync($"queue {queue}", token => broker.HasQueueAsync(queue, token), Bound, Cancel);
        await using var worker = await ProgramAsync("FirstWorker", [], new(StringComparer.Ordinal) { ["Weir__Bus__Address"] = stage.Broker.Amqp.AbsoluteUri, ["HOME"] = stage.Folder });

        await using var publisher = await ProgramAsync("Publisher", [stage.Broker.Amqp.AbsoluteUri, "10000", "first"], []);

        await SaysAsync(publisher, "StreamsDeclared { Key = weir.ask.publisher-");
        await SaysAsync(publisher, "Added = 10000, Changed = 0, Withdrawn = 0, Unchanged = 0");
        await SaysAsync(worker, "lives under epoch");
        await Eventually.TrueAsync("50 streams to be told of", _ => Task.FromResult(Told(publisher) >= 50), Bound, Cancel);

        // The same request under another key changes nothing, and is answered too.
        await using var again = await ProgramAsync("Publisher", [stage.Broker.Amqp.AbsoluteUri, "10000", "first"], []);
        await SaysAsync(again, "Added = 0, Changed = 0, Withdrawn = 0, Unchanged = 10000");

        worker.Terminate();
        Assert.Equal(0, await worker.EndsAsync(Bound, Cancel));
    }

    private static int Told(ChildProgram publisher) => publisher.Tail().Split('\n')
        .Where(line => line.EndsWith(" streams run", StringComparison.Ordinal)).Sum(line => int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static Task SaysAsync(ChildProgram program, string words) => Eventually.TrueAsync(
        $"{program.Name} to say '{words}' in {program.LogFile}", _ => Task.FromResult(program.Tail().Contains(words, StringComparison.Ordinal)), Bound, Cancel);

    private static Task<ChildProgram> ProgramAsync(string name, string[] arguments, Dictionary<string, string?> environment) =>
        ChildProgram.StartAsync(name, Path.Combine(AppContext.BaseDirectory, name), arguments, environment, Cancel);

    private Task<ChildProgram> ServiceAsync(string name) => ProgramAsync(name, [], new(StringComparer.Ordinal)
    {
        ["Weir__Bus__Hosts__0"] = stage.Broker.Amqp.Host,
        ["Weir__Bus__Port"] = $"{stage.Broker.Amqp.Port}",
        ["Weir__Bus__VirtualHost"] = stage.Broker.VirtualHost,
        ["Weir__Bus__User"] = stage.Broker.Credential.UserName,
        ["Weir__Bus__Password"] = stage.Broker.Credential.Password,
        ["Weir__Store__Kind"] = "Postgres",
        ["Weir__Store__ConnectionString"] = stage.Database.ConnectionString,
    });

    private async Task MigrateAsync()
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddWeirPersistence(DatabaseKind.Postgres, options => options.ConnectionString = stage.Database.ConnectionString);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(Cancel);
    }
}
