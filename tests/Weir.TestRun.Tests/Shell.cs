using System.Diagnostics;

namespace Weir.TestRun.Tests;

/// <summary>A command as a person would type it: its exit code and everything it wrote.</summary>
internal sealed record Shell(int Exit, string Output)
{
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(2);

    internal static async Task<Shell> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(EndMax);

        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var text = await output + await error;
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, text);
    }
}
