using System.CommandLine;

namespace Weir.Cli.Errors;

/// <summary>`weir errors`: the messages that no attempt could handle, and what becomes of them.</summary>
internal static class ErrorsVerb
{
    private const int LookDefault = 200;
    private const int BodyDefault = 4096;

    internal static Command Build(Terminal terminal) => Build(terminal, Prompt.OfThisProcess());

    internal static Command Build(Terminal terminal, Prompt prompt) => new(
        "errors", "Shows parked messages, puts them back or throws them away\n\n  WEIR_BUS='amqp://user:password@host/vhost' weir errors list")
    {
        List(terminal), Show(terminal), Replay(terminal), Discard(terminal, prompt),
    };

    private static Command List(Terminal terminal)
    {
        var common = new ErrorsOptions();
        var queues = new Argument<string[]>("queue") { Description = "Only these; all error queues of the virtual host where none is named", Arity = ArgumentArity.ZeroOrMore };
        var management = new Option<string?>("--management") { Description = "RabbitMQ's management API, which tells what queues there are; the bus's host, port 15672, where it is not given", HelpName = "http://host:15672" };
        var look = NumberOption.Of("--look", "How many messages of each queue are looked at for their reasons, 0 to 10000", 0, 10_000, LookDefault, "n");
        var verb = new Command("list", "Lists error queues with their counts and reasons\n\n  weir errors list --json") { queues, management, look };
        common.AddTo(verb);
        verb.SetAction((parsed, cancel) => common.RunAsync(terminal, parsed, (options, parked) => new Listing(terminal, common.IsJson(terminal, parsed)).RunAsync(
            parked, options, parsed.GetValue(queues) ?? [], ErrorsOptions.ManagementOf(parsed.GetValue(management)), parsed.GetValue(look), cancel), cancel));
        return verb;
    }

    private static Command Show(Terminal terminal)
    {
        var common = new ErrorsOptions();
        var queue = Queue();
        var id = Id();
        var take = NumberOption.Of("--take", "How many of the oldest, 1 to 1000", 1, 1000, 1, "n");
        var body = NumberOption.Of("--body", "How many bytes of a body are shown, 0 to 262144", 0, 262_144, BodyDefault, "bytes");
        var verb = new Command("show", "Shows parked messages, which stay where they are: reason, headers, body\n\n  weir errors show weir.registry.streams_error") { queue, id, take, body };
        common.AddTo(verb);
        verb.SetAction((parsed, cancel) => common.RunAsync(terminal, parsed, (_, parked) => new Showing(terminal, common.IsJson(terminal, parsed)).RunAsync(
            parked, ErrorsOptions.QueueOf(parsed.GetValue(queue)), parsed.GetValue(id), parsed.GetValue(take),
            parsed.GetValue(body), cancel), cancel));
        return verb;
    }

    private static Command Replay(Terminal terminal)
    {
        var common = new ErrorsOptions();
        var (queue, id, all, dryRun) = (Queue(), Id(), All(), DryRun());
        var verb = new Command("replay", "Puts parked messages back into the queue they came from, once their cause is mended\n\n  weir errors replay weir.registry.streams_error --all") { queue, id, all, dryRun };
        common.AddTo(verb);
        verb.SetAction((parsed, cancel) => common.RunAsync(terminal, parsed, (_, parked) => new Replaying(terminal, common.IsJson(terminal, parsed)).RunAsync(
            parked, ErrorsOptions.QueueOf(parsed.GetValue(queue)), ErrorsOptions.OneOrAll(parsed.GetValue(id), parsed.GetValue(all)), parsed.GetValue(dryRun), cancel), cancel));
        return verb;
    }

    private static Command Discard(Terminal terminal, Prompt prompt)
    {
        var common = new ErrorsOptions();
        var (queue, id, all, dryRun) = (Queue(), Id(), All(), DryRun());
        var yes = new Option<bool>("--yes") { Description = "Does not ask; without it the queue's name must be typed" };
        var noInput = new Option<bool>("--no-input") { Description = "Never asks: refuses instead" };
        var verb = new Command("discard", "Throws parked messages away, for good\n\n  weir errors discard weir.registry.streams_error --all") { queue, id, all, dryRun, yes, noInput };
        common.AddTo(verb);
        verb.SetAction((parsed, cancel) => common.RunAsync(terminal, parsed, (_, parked) => new Discarding(terminal, prompt, common.IsJson(terminal, parsed)).RunAsync(
            parked, ErrorsOptions.QueueOf(parsed.GetValue(queue)), ErrorsOptions.OneOrAll(parsed.GetValue(id), parsed.GetValue(all)), parsed.GetValue(dryRun),
            parsed.GetValue(yes), parsed.GetValue(noInput), cancel), cancel));
        return verb;
    }

    private static Argument<string> Queue() => new("queue") { Description = "The error queue's name, such as weir.registry.streams_error" };

    private static Option<string?> Id() => new("--id") { Description = "The message of this id, as 'show' tells it, among the oldest 10,000", HelpName = "id" };

    private static Option<bool> All() => new("--all") { Description = "All that are there now" };

    private static Option<bool> DryRun() => new("--dry-run") { Description = "Says what would be done, and does nothing" };
}
