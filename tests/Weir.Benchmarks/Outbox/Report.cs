using Weir.Testing.Servers;

namespace Weir.Benchmarks.Outbox;

/// <summary>Measures what was asked for and holds it against the bars.</summary>
internal static class Report
{
    /// <returns>0 where every bar is met, 3 where one is missed.</returns>
    public static async Task<int> RunAsync(Plan plan, IReadOnlyCollection<string> only, CancellationToken cancel)
    {
        var pair = await TestServers.GetAsync(cancel);
        Console.WriteLine($"{plan}, {pair.Kind}, {Environment.ProcessorCount} cores, load {(await File.ReadAllTextAsync("/proc/loadavg", cancel)).Trim()}");
        var bar = new Bar();
        foreach (var question in Questions.All)
        {
            if (only.Count > 0 && !only.Contains(question.Name)) continue;

            await using var scope = await pair.ScopeAsync($"bench_{question.Name}", cancel);
            await question.Run(new Bench(plan, scope.Database.ConnectionString + ";Max Auto Prepare=40;Maximum Pool Size=60", scope.Broker.Amqp, bar), cancel);
        }

        bar.Print();
        return bar.Missed == 0 ? 0 : 3;
    }
}
