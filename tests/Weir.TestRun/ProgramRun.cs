using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Weir.TestRun;

/// <summary>
/// One test program from start to end. It ends in bounded time: a program that says nothing for too long has hung, and is
/// killed with all it started. A crash and a hang are failures that name the tests under way and show the last output.
/// </summary>
internal sealed class ProgramRun(TestProgram program, IReadOnlyList<string> arguments, TimeSpan silenceMax, TimeProvider clock)
{
    private static readonly TimeSpan ExitMax = TimeSpan.FromSeconds(60);

    /// <summary>Raised for each line that is the program's own, not xunit's.</summary>
    internal Action<string>? Wrote { get; init; }

    /// <summary>Raised for each test that ended.</summary>
    internal Action<TestResult>? Ended { get; init; }

    internal async Task<TestStream> ExecuteAsync()
    {
        var stream = new TestStream(program.Project);
        using var process = new Process { StartInfo = StartInfo() };
        var lines = Channel.CreateUnbounded<string>(new() { SingleReader = true });
        process.OutputDataReceived += (_, line) => Forward(line.Data);
        process.ErrorDataReceived += (_, line) => Forward(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var ending = await ReadToEndAsync(stream, process, lines) ? Ending.Exited : process.HasExited ? Ending.LeftChild : Ending.Hung;
        if (ending == Ending.Hung)
            process.Kill(entireProcessTree: true);
        // With a limit it waits for the process alone, not for the end of a pipe that a child may hold.
        if (!process.WaitForExit(ExitMax))
            throw new TimeoutException($"{program.Project} (process {process.Id}) does not die of SIGKILL");

        Judge(stream, process.ExitCode, ending);
        return stream;

        void Forward(string? line)
        {
            if (line is not null)
                lines.Writer.TryWrite(line);
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(program.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program.Path)!,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Until the program has ended; false when it was silent for too long.</summary>
    private async Task<bool> ReadToEndAsync(TestStream stream, Process process, Channel<string> lines)
    {
        // The exit is awaited apart from the lines: a child left behind may hold the pipe open for ever.
        var exited = process.WaitForExitAsync(CancellationToken.None).ContinueWith(
            _ => lines.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        while (true)
        {
            using var silence = new CancellationTokenSource(silenceMax, clock);
            try
            {
                if (!await lines.Reader.WaitToReadAsync(silence.Token))
                {
                    await exited;
                    return true;
                }
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            while (lines.Reader.TryRead(out var line))
                Take(stream, line);
        }
    }

    private void Take(TestStream stream, string line)
    {
        if (stream.Take(line) is { } result)
            Ended?.Invoke(result);
        else if (!line.StartsWith("{\"$type\"", StringComparison.Ordinal))
            Wrote?.Invoke(line);
    }

    private void Judge(TestStream stream, int exitCode, Ending ending)
    {
        var known = exitCode == 0 || (exitCode == 1 && stream.Results.Exists(result => result.Outcome == TestOutcome.Failed));
        if (ending == Ending.Exited && known && stream.Finished)
            return;

        var silence = string.Create(CultureInfo.InvariantCulture, $"silent for {silenceMax.TotalSeconds:0.#} s");
        var (what, message) = ending switch
        {
            Ending.Hung => ("hung", $"{silence}, killed"),
            Ending.LeftChild => ("left a process behind", $"ended, but a process it started holds its output open; {silence}"),
            _ => ("crashed", $"ended with exit code {exitCode}{(stream.Finished ? "" : " before xunit had finished")}"),
        };
        var underWay = stream.UnderWay.ToList();
        if (underWay.Count > 0)
            message += $"; under way: {string.Join(", ", underWay)}";
        Ended?.Invoke(stream.Add(stream.Outside(what, message, string.Join('\n', stream.OwnOutput))));
    }

    private enum Ending
    {
        Exited,
        LeftChild,
        Hung,
    }
}
