using Weir.Bus.Parked;

namespace Weir.Cli.Errors;

/// <summary>`weir errors show`.</summary>
internal sealed class Showing(Terminal terminal, bool json)
{
    private const int HeaderMax = 400;

    internal async Task<int> RunAsync(ParkedMessages parked, ErrorQueueName queue, string? id, int take, int bodyMax, CancellationToken cancel)
    {
        var messages = await parked.LookAsync(queue, id, take, cancel);
        if (messages.Count == 0 && id is not null)
        {
            terminal.Words.WriteLine($"'{queue}' has no message '{Printable.Line(id)}' among its oldest {ParkedMessages.SearchMax}; 'weir errors show {queue} --take 20' shows some that it has");
            return ExitCode.NotFound;
        }
        if (json)
            ErrorsJson.Write(terminal, new { Items = messages.Select(message => Item(message, bodyMax)), Next = (string?)null });
        else
            Draw(queue, messages, bodyMax);
        return ExitCode.Ok;
    }

    private static object Item(ParkedMessage message, int bodyMax) => new
    {
        message.Id,
        message.Reason,
        message.Fault,
        message.ParkedAt,
        message.Replays,
        message.ContentType,
        message.Headers,
        Body = Printable.Body(message.Body, bodyMax),
        BodyBytes = message.Body.Length,
        Truncated = message.Body.Length > bodyMax,
    };

    private void Draw(ErrorQueueName queue, IReadOnlyList<ParkedMessage> messages, int bodyMax)
    {
        foreach (var message in messages)
        {
            terminal.Data.WriteLine($"id       {Printable.Line(message.Id)}");
            terminal.Data.WriteLine($"reason   {Printable.Line(message.Reason)}{(message.Fault is { } fault ? ": " + Printable.Line(fault) : "")}");
            terminal.Data.WriteLine($"parked   {message.ParkedAt:u}{(message.Replays > 0 ? $", put back {message.Replays} times before" : "")}");
            foreach (var (name, value) in message.Headers)
                terminal.Data.WriteLine($"  {Printable.Line(name)}: {Printable.Line(value.Length <= HeaderMax ? value : value[..HeaderMax] + "…")}");
            terminal.Data.WriteLine($"body     {message.Body.Length} bytes{(message.Body.Length > bodyMax ? $", the first {bodyMax}:" : "")}");
            terminal.Data.WriteLine(Printable.Lines(Printable.Body(message.Body, bodyMax)));
            terminal.Data.WriteLine();
        }
        if (messages.Count == 0)
            terminal.Words.WriteLine($"'{queue}' is empty.");
    }
}
