using Weir.Cli.Asking;

namespace Weir.Cli.Operating;

/// <summary>Looks again and again until something is so, and tells how far it is: in place for a person, a line a change for a log.</summary>
internal static class Waiting
{
    private const string ClearLine = "\r\u001b[K";

    /// <returns>False when it was not so in time.</returns>
    internal static async Task<bool> UntilAsync(Call call, TimeSpan most, TimeSpan pause, Func<Task<bool>> isSo, Func<string> progress)
    {
        var terminal = call.Show.Terminal;
        var begun = terminal.Clock.GetTimestamp();
        for (var told = ""; ;)
        {
            var done = await isSo();
            var waited = terminal.Clock.GetElapsedTime(begun);
            if (progress() is var now && now != told)
                Tell(terminal, told = now, most - waited);
            if (done || waited >= most)
            {
                if (terminal.WordsToPerson) terminal.Words.WriteLine();
                return done;
            }

            await Task.Delay(pause, terminal.Clock, call.Cancel);
        }
    }

    private static void Tell(Terminal terminal, string words, TimeSpan left)
    {
        var line = $"{words}; {Math.Max(0, left.TotalSeconds):0} s left";
        if (terminal.WordsToPerson) terminal.Words.Write($"{ClearLine}{line}");
        else terminal.Words.WriteLine(line);
        terminal.Words.Flush();
    }
}
