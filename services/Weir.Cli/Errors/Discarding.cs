using Weir.Bus.Parked;

namespace Weir.Cli.Errors;

/// <summary>`weir errors discard`: gone is gone, so it is asked for twice.</summary>
internal sealed class Discarding(Terminal terminal, Prompt prompt, bool json)
{
    internal async Task<int> RunAsync(ParkedMessages parked, ErrorQueueName queue, string? id, bool dryRun, bool yes, bool noInput, CancellationToken cancel)
    {
        var there = await Ending.CountAsync(parked, queue, id, cancel);
        if (there == 0 && id is not null)
            return Ending.Missing(terminal, queue, id);
        if (!dryRun && !yes && there > 0 && !IsTyped(queue, there, noInput))
            return ExitCode.Usage;
        var count = dryRun || there == 0 ? there : await parked.DiscardAsync(queue, id, cancel);
        if (json)
            ErrorsJson.Write(terminal, new { Queue = queue.Name, Discarded = dryRun ? 0 : count, WouldDiscard = dryRun ? count : (int?)null });
        else
            terminal.Data.WriteLine($"{count} messages of {queue} {(dryRun ? "would be" : "are")} gone.");
        return ExitCode.Ok;
    }

    private bool IsTyped(ErrorQueueName queue, int count, bool noInput)
    {
        if (noInput || prompt.Answer is not { } answer)
        {
            terminal.Words.WriteLine($"{count} messages of '{queue}' would be gone for good: give --yes if that is meant");
            return false;
        }
        terminal.Words.Write($"{count} messages of '{queue}' will be gone for good. Type the queue's name to go on: ");
        if (answer()?.Trim() == queue.Name)
            return true;
        terminal.Words.WriteLine("That is not its name: nothing was done.");
        return false;
    }
}
