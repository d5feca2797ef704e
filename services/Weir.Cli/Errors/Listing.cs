using Weir.Bus;
using Weir.Bus.Parked;

namespace Weir.Cli.Errors;

/// <summary>`weir errors list`.</summary>
internal sealed class Listing(Terminal terminal, bool json)
{
    internal async Task<int> RunAsync(ParkedMessages parked, WeirBusOptions options, IReadOnlyList<string> named, Uri? management, int look, CancellationToken cancel)
    {
        var queues = named.Count > 0
            ? [.. named.Select(ErrorsOptions.QueueOf)]
            : await ParkedQueueList.ReadAsync(management ?? ParkedQueueList.ManagementOf(options), options, cancel);
        var tallies = new List<ParkedTally>();
        foreach (var queue in queues)
            tallies.Add(await parked.TallyAsync(queue, look, cancel));
        if (json)
            ErrorsJson.Write(terminal, new { Items = tallies.Select(Item), Next = (string?)null });
        else
            Draw(tallies);
        return ExitCode.Ok;
    }

    private static object Item(ParkedTally tally) => new { Queue = tally.Queue.Name, tally.Queue.Source, tally.Messages, tally.Looked, tally.Reasons };

    private void Draw(List<ParkedTally> tallies)
    {
        var width = tallies.Select(tally => tally.Queue.Name.Length).DefaultIfEmpty(5).Max();
        foreach (var tally in tallies)
            terminal.Data.WriteLine($"{Printable.Line(tally.Queue.Name).PadRight(width)}  {tally.Messages,8}  {Reasons(tally)}");
        terminal.Words.WriteLine(tallies.Sum(tally => tally.Messages) switch
        {
            0 => $"Nothing is parked ({tallies.Count} error queues).",
            var count => $"{count} messages are parked. 'weir errors show QUEUE' tells why, 'weir errors replay QUEUE --all' puts them back once the cause is mended.",
        });
    }

    private static string Reasons(ParkedTally tally)
    {
        var reasons = string.Join(", ", tally.Reasons.Select(reason => $"{Printable.Line(reason.Key)} {reason.Value}"));
        return tally.Looked < tally.Messages && tally.Looked > 0 ? $"{reasons} (of the oldest {tally.Looked})" : reasons;
    }
}
