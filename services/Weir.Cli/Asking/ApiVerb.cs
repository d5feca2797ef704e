using System.CommandLine;
using Weir.Cli.Showing;

namespace Weir.Cli.Asking;

/// <summary>Makes the verbs that ask the API: each has the same ways to say where it is, how to show the answer and who agrees.</summary>
internal sealed class ApiVerb(Terminal terminal)
{
    private readonly Option<string?> _address = ApiSource.AddressOption();
    private readonly Option<string?> _keyFile = ApiSource.KeyOption();
    private readonly Option<bool> _json = new("--json") { Description = "Prints the answer as JSON" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Agrees to what would be asked" };
    private readonly Option<bool> _noInput = new("--no-input") { Description = "Never asks; what would be asked is refused" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Says what would be done and does nothing" };

    /// <summary>A verb that reads.</summary>
    internal Command Read(string name, string does, string example, Func<Call, Task<int>> run, params IReadOnlyList<Symbol> own) =>
        Make(name, does, example, run, own, [_json, _address]);

    /// <summary>A verb that changes something.</summary>
    internal Command Change(string name, string does, string example, Func<Call, Task<int>> run, params IReadOnlyList<Symbol> own) =>
        Make(name, does, example, run, own, [_dryRun, _yes, _noInput, _json, _address, _keyFile]);

    private Command Make(string name, string does, string example, Func<Call, Task<int>> run, IReadOnlyList<Symbol> own, Option[] shared)
    {
        var verb = new Command(name, $"{example}\n\n  {does}");
        foreach (var symbol in own)
        {
            if (symbol is Argument argument) verb.Add(argument);
            else verb.Add((Option)symbol);
        }

        foreach (var option in shared)
            verb.Add(option);
        verb.SetAction((parsed, cancel) => RunAsync(run, parsed, cancel));
        return verb;
    }

    private async Task<int> RunAsync(Func<Call, Task<int>> run, ParseResult given, CancellationToken cancel)
    {
        using var api = new ApiClient(
            ApiSource.Address(given.GetValue(_address), Environment.GetEnvironmentVariable),
            ApiSource.KeyFile(given.GetValue(_keyFile), Environment.GetEnvironmentVariable));
        var show = new Show(terminal, given.GetValue(_json));
        return await run(new Call(api, show, new Consent(terminal, given.GetValue(_yes), given.GetValue(_noInput)), given, given.GetValue(_dryRun), cancel));
    }
}
