using Weir.Bus.Parked;

namespace Weir.Cli.Errors;

/// <summary>What replaying and discarding have in common.</summary>
internal static class Ending
{
    /// <summary>How many messages it would be.</summary>
    internal static async Task<int> CountAsync(ParkedMessages parked, ErrorQueueName queue, string? id, CancellationToken cancel) => id is null
        ? (int)(await parked.TallyAsync(queue, most: 1, cancel)).Messages
        : (await parked.LookAsync(queue, id, most: 1, cancel)).Count;

    internal static int Missing(Terminal terminal, ErrorQueueName queue, string id)
    {
        terminal.Words.WriteLine($"'{queue}' has no message '{Printable.Line(id)}' among its oldest {ParkedMessages.SearchMax}");
        return ExitCode.NotFound;
    }
}
