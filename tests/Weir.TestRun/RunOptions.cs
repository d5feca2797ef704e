using System.Globalization;

namespace Weir.TestRun;

/// <summary>What one run was asked for.</summary>
internal sealed record RunOptions
{
    internal const string Usage =
        """
        usage: tests/run.sh [selection] [options]
          selection (one at most; all tests without it)
            --quick              unit tests that are not slow: no servers, about half a minute
            --unit-only          category unit
            --integration-only   category integration
            --load-only          category load
            --no-load-tests      every category but load
            --suite NAME         a category (unit, integration, load, simulation, chaos) or a test project (Weir.Core.Tests, or core)
          options
            --filter TEXT        only tests whose full name contains TEXT (* at its ends is a wildcard)
            --alone N            N tests drawn at random, each in a process of its own
            --seed N             the order of the tests (and the draw of --alone); printed by every run
            --silence SECONDS    how long a test program may say nothing before it is killed as hung (600)
            --list               names the selected tests, runs none
            --verbose            everything the tests write, and the replay command of each failure
          exit: 0 nothing failed and something ran, 1 a test failed, 2 the run could not be done
        """;

    internal Selection Selection { get; init; } = Selection.All;

    internal string? Filter { get; init; }

    internal int? Alone { get; init; }

    internal int? Seed { get; init; }

    internal bool List { get; init; }

    internal bool Verbose { get; init; }

    /// <summary>A generated file that differs from the committed one fails the run. Default: where CI is <c>true</c>.</summary>
    internal bool Strict { get; init; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>How long a test program may say nothing before it has hung. Default 600 s, times WEIR_TEST_TIMEOUT_SCALE.</summary>
    internal TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(600 * Scale());

    /// <summary>The repository: Bus.sln, tests/ and artifacts/ are found from here.</summary>
    internal string Root { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Test programs to run instead of those of Bus.sln: how the run's own tests feed it samples.</summary>
    internal IReadOnlyList<string> Programs { get; init; } = [];

    internal static (RunOptions? Options, string? Error) Parse(IReadOnlyList<string> args)
    {
        var options = new RunOptions();
        var selected = false;
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            string? value = null;
            if (name is "--suite" or "--filter" or "--alone" or "--seed" or "--silence" or "--root" or "--program" && (value = args.ElementAtOrDefault(++i)) is null)
                return (null, $"{name} needs a value");

            if (Selection.OfSwitch(name, value) is { } selection)
            {
                if (selected)
                    return (null, $"{name}: one selection at most");
                (options, selected) = (options with { Selection = selection }, true);
                continue;
            }

            var (next, error) = options.With(name, value);
            if (next is null)
                return (null, error);
            options = next;
        }

        return (options, null);
    }

    private (RunOptions? Options, string? Error) With(string name, string? value) => name switch
    {
        "--filter" => (this with { Filter = value }, null),
        "--list" => (this with { List = true }, null),
        "--verbose" => (this with { Verbose = true }, null),
        "--root" => (this with { Root = Path.GetFullPath(value!) }, null),
        "--program" => (this with { Programs = [.. Programs, Path.GetFullPath(value!)] }, null),
        "--alone" => Number(value!, min: 1) is { } n ? (this with { Alone = n }, null) : (null, $"--alone {value}: a whole number from 1"),
        "--seed" => Number(value!, min: 0) is { } n ? (this with { Seed = n }, null) : (null, $"--seed {value}: a whole number from 0"),
        "--silence" => Number(value!, min: 1) is { } n ? (this with { SilenceMax = TimeSpan.FromSeconds(n) }, null) : (null, $"--silence {value}: seconds, from 1"),
        _ => (null, $"unknown switch {name}"),
    };

    private static int? Number(string text, int min) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min ? number : null;

    private static double Scale() =>
        double.TryParse(Environment.GetEnvironmentVariable("WEIR_TEST_TIMEOUT_SCALE"), CultureInfo.InvariantCulture, out var scale) && scale > 0 ? scale : 1;
}
