using System.Globalization;
using System.Security.Cryptography;

namespace Weir.TestRun;

/// <summary>One run of the suite: the programs one after another, then the sum, the report and the seed's table.</summary>
internal sealed class Run(RunOptions options, TextWriter output, TimeProvider clock)
{
    private const int DetailLinesMax = 30;

    private static readonly TimeSpan SlowMin = TimeSpan.FromSeconds(2);

    private readonly int _seed = options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly string _folder = Path.Combine(options.Root, "artifacts", "test-results");
    private readonly List<TestResult> _results = [];

    internal async Task<int> ExecuteAsync()
    {
        var (programs, error) = TestProgram.Find(options);
        if (error is not null)
            return NotDone(error);
        if (options.List)
            return await ListAsync(programs);

        Directory.CreateDirectory(_folder);
        using var log = new RunLog(Path.Combine(_folder, "run.log"), output, clock);
        var servers = Path.Combine(_folder, "servers.log");
        File.Delete(servers);
        Environment.SetEnvironmentVariable(ServerTally.Variable, servers);

        var started = clock.GetUtcNow();
        log.Say($"selection {options.Selection.Name}, seed {_seed}");
        foreach (var (program, arguments) in options.Alone is { } count ? await DrawAsync(programs, count) : Whole(programs))
            await ExecuteAsync(program, arguments, log);

        var faults = SeedFaults(log);
        var report = RunReport.Of(options, _seed, started, clock.GetUtcNow() - started, ServerTally.Read(servers), [.. _results, .. faults]);
        report.Write(Path.Combine(_folder, "report.json"));
        Close(report, log);
        return (int)report.Exit;
    }

    private IEnumerable<(TestProgram, IReadOnlyList<string>)> Whole(IReadOnlyList<TestProgram> programs) =>
        programs.Select(program => (program, (IReadOnlyList<string>)Filters()));

    private async Task<IEnumerable<(TestProgram, IReadOnlyList<string>)>> DrawAsync(IReadOnlyList<TestProgram> programs, int count)
    {
        var all = new List<TestListing>();
        foreach (var program in programs)
            all.AddRange(await TestListing.AskAsync(program, Filters(), clock));
        var drawn = all.ToArray();
        new Random(_seed).Shuffle(drawn);
        return drawn.Take(count).Select(test => (test.Program, (IReadOnlyList<string>)["-id", test.Id]));
    }

    private async Task ExecuteAsync(TestProgram program, IReadOnlyList<string> arguments, RunLog log)
    {
        var started = clock.GetTimestamp();
        var run = new ProgramRun(program, [$":{_seed}", "-reporter", "json", "-noAutoReporters", "-noColor", .. arguments], options.SilenceMax, clock)
        {
            Wrote = line => log.Own(line, show: options.Verbose || line.StartsWith("[weir-infra]", StringComparison.Ordinal)),
            Ended = result => Tell(result, log),
        };
        var stream = await run.ExecuteAsync();
        _results.AddRange(stream.Results);
        if (stream.Results.Count > 0)
            log.Say(string.Create(CultureInfo.InvariantCulture, $"{program.Project}: {stream.Results.Count} tests in {clock.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    private void Tell(TestResult result, RunLog log)
    {
        if (result.Outcome == TestOutcome.Failed)
        {
            log.Say($"FAILED {result.Name}");
            log.Say(Indented(result.Message));
            Detail(result.Detail, log);
            log.Say($"    replay: tests/run.sh --seed {_seed} --suite {result.Project} --filter '{result.Method}'");
        }
        else if (result.Outcome == TestOutcome.Skipped)
        {
            log.Say($"skipped {result.Name}: {result.Message}");
        }
        else
        {
            log.Own(string.Create(CultureInfo.InvariantCulture, $"passed {result.Name} ({result.Ms:0} ms)"), options.Verbose);
            if (options.Verbose && !string.IsNullOrWhiteSpace(result.Detail))
                log.Say(Indented(result.Detail));
            if (result.Ms > SlowMin.TotalMilliseconds && !result.Slow)
                log.Say(string.Create(CultureInfo.InvariantCulture, $"slow and not marked [Slow]: {result.Name} ({result.Ms:0} ms)"));
        }
    }

    /// <summary>The first lines on the terminal (a crash writes hundreds), all of them in the log.</summary>
    private void Detail(string? detail, RunLog log)
    {
        var lines = Indented(detail).Split('\n');
        for (var i = 0; i < lines.Length; i++)
            log.Own(lines[i], show: lines[i].Length > 0 && (options.Verbose || i < DetailLinesMax));
        if (lines.Length > DetailLinesMax && !options.Verbose)
            log.Say($"    … {lines.Length - DetailLinesMax} more lines in run.log");
    }

    private List<TestResult> SeedFaults(RunLog log)
    {
        var path = Path.Combine(options.Root, "tests", "seed.json");
        var whole = options.Selection.IsAll && options is { Filter: null, Alone: null, Programs.Count: 0 };
        if (!whole || !File.Exists(path))
            return [];

        var table = SeedTable.Read(path);
        var written = Path.Combine(options.Root, "tests", "SEED.md");
        var committed = File.Exists(written) ? File.ReadAllText(written) : null;
        var faults = table.Faults(_results).Concat(options.Strict ? table.Stale(_results, committed) : []).ToList();
        File.WriteAllText(written, table.ToMarkdown(_results));
        foreach (var fault in faults)
            log.Say($"FAILED {fault}");
        return [.. faults.Select(fault => new TestResult("tests/seed.json", fault, "seed", TestOutcome.Failed, 0, fault, Detail: null, Category: null, Slow: false, Seeds: []))];
    }

    private void Close(RunReport report, RunLog log)
    {
        log.Say($"report: {Path.GetRelativePath(options.Root, _folder)}/report.json, run.log beside it");
        if (report.Exit == RunExit.NotDone)
            log.Say("nothing ran: a run in which no test passed or failed shows nothing");
        log.Say(report.Infra.ToString());
        log.Say(report.ClosingLine);
    }

    private async Task<int> ListAsync(IReadOnlyList<TestProgram> programs)
    {
        var count = 0;
        foreach (var program in programs)
            foreach (var test in await TestListing.AskAsync(program, Filters(), clock))
            {
                await output.WriteLineAsync($"{test.Category,-11} {test.Name}");
                count++;
            }

        return count > 0 ? (int)RunExit.Passed : NotDone("no test is selected");
    }

    private string[] Filters() =>
        [.. options.Selection.Arguments, .. options.Filter is { } filter ? (string[])["-method", filter.Contains('*', StringComparison.Ordinal) ? filter : $"*{filter}*"] : []];

    private int NotDone(string why)
    {
        output.WriteLine($"run: {why}");
        return (int)RunExit.NotDone;
    }

    private static string Indented(string? text) => string.IsNullOrWhiteSpace(text) ? "" : "    " + text.Trim().ReplaceLineEndings("\n    ");
}
