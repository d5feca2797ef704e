using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Cli.Dev.Demo;
using Weir.Cli.Dev.Hosting;
using Weir.Cli.Storing;
using Weir.Worker;

namespace Weir.Cli.Dev.Fleet;

/// <summary>A sample worker as a process of its own. Hidden: `weir dev` starts it, and ends it through its standard input.</summary>
internal static class WorkerVerb
{
    internal const string Name = "dev-worker";
    internal const string BusVariable = "WEIR_DEV_BUS";
    internal const string StoreVariable = "WEIR_DEV_STORE";
    internal const string Drain = "drain";
    internal const string Stop = "stop";

    internal static Command Build(Terminal terminal)
    {
        var worker = new Argument<string>("worker");
        var capacity = new Argument<double>("capacity");
        var data = new Argument<DirectoryInfo>("data");
        var verb = new Command(Name, "A worker of weir dev --bus") { worker, capacity, data };
        verb.Hidden = true;
        verb.SetAction(parsed => RunAsync(terminal, parsed.GetValue(worker)!, parsed.GetValue(capacity), parsed.GetValue(data)!).GetAwaiter().GetResult());
        return verb;
    }

    private static async Task<int> RunAsync(Terminal terminal, string worker, double capacity, DirectoryInfo data)
    {
        var bus = Environment.GetEnvironmentVariable(BusVariable) ?? throw new InputException($"{BusVariable} is not set: weir dev starts this, nobody else");
        var store = StoreAddress.Of(Environment.GetEnvironmentVariable(StoreVariable), _ => null);
        using var log = new LogFile(Path.Combine(data.FullName, $"worker-{worker}.log"), TimeProvider.System);
        var sinks = new DemoSinks(Path.Combine(data.FullName, "fences"), TimeProvider.System);
        using var host = DemoWorker.Builder(worker, capacity, Path.Combine(data.FullName, "workers"), sinks, store, log, made => made.UseRabbitMq(bus)).Build();
        try
        {
            await host.StartAsync();
        }
        catch (OptionsValidationException refused)
        {
            await terminal.Words.WriteLineAsync(string.Join(' ', refused.Failures));
            return ExitCode.Usage;
        }

        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var agent = host.Services.GetServices<IHostedService>().OfType<WorkerHost>().Single();
        if (await WordAsync(agent.StopAll, stopping) != Drain)
            host.Services.GetRequiredService<IOptions<WeirWorkerOptions>>().Value.DrainFor = TimeSpan.Zero;
        await host.StopAsync();
        return Environment.ExitCode;
    }

    // Signals of the terminal go to the whole group: the parent says what they mean for its workers.
    private static async Task<string> WordAsync(Action stopAll, CancellationToken stopping)
    {
        using var interrupt = Deaf(PosixSignal.SIGINT);
        using var hangup = Deaf(PosixSignal.SIGHUP);
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ended = stopping.Register(() => asked.TrySetResult(Stop));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            asked.TrySetResult(Drain);
        });
        var reading = new Thread(() =>
        {
            // A second word, or the end of the one who says it, ends a drain at once.
            if (!asked.TrySetResult(Console.In.ReadLine() ?? Stop) || Console.In.ReadLine() != Drain)
                stopAll();
        })
        { IsBackground = true, Name = "parent" };
        reading.Start();
        return await asked.Task;
    }

    private static PosixSignalRegistration Deaf(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, context => context.Cancel = true);
}
