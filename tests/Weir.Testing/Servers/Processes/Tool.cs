using System.Diagnostics;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers.Processes;

/// <summary>Runs a program to its end, as the step of a preparation.</summary>
internal static class Tool
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <exception cref="InvalidOperationException">It exited with an error; says what it wrote.</exception>
    /// <exception cref="OperationCanceledException">It took too long, and was killed.</exception>
    public static async Task RunAsync(ChildCommand command, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command.Line[0], command.Line.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.Folder,
        };
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var bound = Patience.Limit(Bound, cancel);
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var errors = process.StandardError.ReadToEndAsync(bound.Token);
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{string.Join(' ', command.Line)} exited with {process.ExitCode}:\n{await output}\n{await errors}");
        }
    }

    /// <summary>As root, gives a folder and what is in it to the user who will run in it.</summary>
    public static Task GiveAsync(string folder, string user, CancellationToken cancel) =>
        Posix.IsRoot ? RunAsync(new ChildCommand("chown", "chown", ["-R", user + ":", folder], folder), cancel) : Task.CompletedTask;
}
