using Weir.Bus.Parked;

namespace Weir.Cli.Errors;

/// <summary>`weir errors replay`.</summary>
internal sealed class Replaying(Terminal terminal, bool json)
{
    internal async Task<int> RunAsync(ParkedMessages parked, ErrorQueueName queue, string? id, bool dryRun, CancellationToken cancel)
    {
        var count = dryRun ? await Ending.CountAsync(parked, queue, id, cancel) : await parked.ReplayAsync(queue, id, cancel);
        if (count == 0 && id is not null)
            return Ending.Missing(terminal, queue, id);
        if (json)
            ErrorsJson.Write(terminal, new { Queue = queue.Name, To = queue.Source, Replayed = dryRun ? 0 : count, WouldReplay = dryRun ? count : (int?)null });
        else
            terminal.Data.WriteLine($"{count} messages {(dryRun ? "would go" : "went")} from {queue} to {queue.Source}.");
        return ExitCode.Ok;
    }
}
