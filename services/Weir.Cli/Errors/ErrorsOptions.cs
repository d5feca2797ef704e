using System.CommandLine;
using Weir.Bus;
using Weir.Bus.Parked;

namespace Weir.Cli.Errors;

/// <summary>What the verbs of `weir errors` have in common: where the broker is, how the answer is wanted, and what a refusal costs.</summary>
internal sealed class ErrorsOptions
{
    internal const string Variable = "WEIR_BUS";

    private readonly Option<string?> _bus = new("--bus") { Description = $"The broker; without it {Variable}, which keeps the password out of the process list", HelpName = "amqp://…" };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON" };

    internal void AddTo(Command verb)
    {
        verb.Options.Add(_bus);
        verb.Options.Add(_json);
    }

    internal bool IsJson(Terminal terminal, ParseResult parsed) => parsed.GetValue(_json) || !terminal.IsPerson;

    /// <summary>Connects, does it, and puts what goes wrong into words and an exit code.</summary>
    internal async Task<int> RunAsync(Terminal terminal, ParseResult parsed, Func<WeirBusOptions, ParkedMessages, Task<int>> work, CancellationToken cancel)
    {
        var options = Broker(parsed.GetValue(_bus), Environment.GetEnvironmentVariable);
        try
        {
            await using var parked = await ParkedMessages.OpenAsync(options, TimeProvider.System, cancel);
            return await work(options, parked);
        }
        catch (BrokerException e)
        {
            terminal.Words.WriteLine(e.Message);
            return e.Fault switch
            {
                BrokerFault.NotFound => ExitCode.NotFound,
                BrokerFault.Refused => ExitCode.Refused,
                BrokerFault.TimedOut => ExitCode.TimedOut,
                _ => ExitCode.Failed,
            };
        }
    }

    /// <exception cref="InputException">The name is none of an error queue.</exception>
    internal static ErrorQueueName QueueOf(string? name) => ErrorQueueName.Of(name)
        ?? throw new InputException("The queue", $"'{Printable.Line(name ?? "")}'", $"an error queue, whose name ends in _error: '{Printable.Line(name ?? "")}_error' perhaps?");

    /// <exception cref="InputException">It is no web address.</exception>
    internal static Uri? ManagementOf(string? address) =>
        address is null ? null
        : Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 ? uri
        : throw new InputException("--management", "no address of a web server", "such as http://host:15672, without an account: that is the bus's");

    /// <exception cref="InputException">Neither or both are given.</exception>
    internal static string? OneOrAll(string? id, bool all) => (id, all) switch
    {
        (null, false) => throw new InputException("Say which messages: --id ID (as 'weir errors show' tells it) or --all"),
        (not null, true) => throw new InputException("--id and --all are both given; right would be one of them"),
        _ => id,
    };

    private static WeirBusOptions Broker(string? flag, Func<string, string?> variable)
    {
        var text = flag ?? variable(Variable);
        if (string.IsNullOrWhiteSpace(text))
            throw new InputException($"No broker is named: set {Variable}, or give --bus, to {AmqpAddress.Rule}");
        // What was given is not shown: it may hold a password.
        var address = AmqpAddress.Read(text) ?? throw new InputException("The broker's address", "none", AmqpAddress.Rule);
        var options = new WeirBusOptions();
        address.Apply(options);
        return options;
    }
}
