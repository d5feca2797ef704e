using System.CommandLine;
using System.Text.Json;
using Weir.Cli.Asking;
using Weir.Cli.Showing;
using Weir.Cli.Storing;

namespace Weir.Cli.Doctor;

/// <summary>`weir doctor`: looks at all that Weir stands on, and says of each fault what to do.</summary>
internal static class DoctorVerb
{
    private const string StoreOfServices = "Weir__Store__ConnectionString";

    internal static Command Build(Terminal terminal)
    {
        var store = new Option<string?>("--store") { Description = $"The database; without it {StoreAddress.Variable}, then {StoreOfServices}", HelpName = "Host=…|Data Source=…" };
        var bus = new Option<string?>("--bus") { Description = $"The broker; without it {BusAddress.Variable}, then Weir__Bus__Address, then Weir__Bus__Hosts__0 and its neighbours", HelpName = "amqp://…" };
        var management = new Option<string?>("--management") { Description = $"RabbitMQ's management API; without it {ManagementCheck.Variable}, then port 15672 of the broker", HelpName = "http://…" };
        var (address, key) = (ApiSource.AddressOption(), ApiSource.KeyOption());
        var json = new Option<bool>("--json") { Description = "Prints the findings as JSON" };
        var verb = new Command("doctor", $"weir doctor --store \"Host=…\" --bus amqp://…\n\n  Looks at API, database, clock, broker, rights, queues, net_ticktime and versions, and says of each fault what to do. Changes nothing. Ends with {ExitCode.Unhealthy} when a check failed")
        {
            store, bus, management, address, key, json,
        };
        verb.SetAction(async (given, cancel) =>
        {
            Func<string, string?> variable = Environment.GetEnvironmentVariable;
            var text = given.GetValue(store) ?? variable(StoreAddress.Variable) ?? variable(StoreOfServices);
            List<Finding> findings =
            [
                .. await ApiCheck.LookAsync(ApiSource.Address(given.GetValue(address), variable), ApiSource.KeyFile(given.GetValue(key), variable), cancel),
                .. string.IsNullOrWhiteSpace(text)
                    ? [Finding.Skipped("store", "not looked at", $"say where it is: --store, or {StoreAddress.Variable}")]
                    : await StoreCheck.LookAsync(StoreAddress.Of(text, variable), terminal.Clock, cancel),
                .. BusAddress.Find(given.GetValue(bus), variable) is { } broker
                    ? await BrokerAsync(broker, ManagementCheck.Address(given.GetValue(management), variable, broker), cancel)
                    : [Finding.Skipped("broker", "not looked at", $"say where it is: --bus, or {BusAddress.Variable}")],
            ];
            Print(new Show(terminal, given.GetValue(json)), findings);
            return findings.Any(finding => finding.State == CheckState.Failed) ? ExitCode.Unhealthy : ExitCode.Ok;
        });
        return verb;
    }

    private static async Task<IReadOnlyList<Finding>> BrokerAsync(BusAddress broker, Uri management, CancellationToken cancel) =>
        [.. await BusCheck.LookAsync(broker, cancel), .. await ManagementCheck.LookAsync(broker, management, cancel)];

    private static void Print(Show show, List<Finding> findings)
    {
        if (show.IsJson)
        {
            show.Json(new
            {
                healthy = findings.All(finding => finding.State != CheckState.Failed),
                checks = findings.Select(finding => new { finding.Check, state = JsonNamingPolicy.CamelCase.ConvertName(finding.State.ToString()), finding.Words, finding.Advice }),
            });
            return;
        }

        show.Table(
            ["CHECK", "STATE", "FOUND"],
            findings.Select(finding => (IReadOnlyList<string>)[finding.Check, JsonNamingPolicy.CamelCase.ConvertName(finding.State.ToString()), finding.Words]),
            "");
        foreach (var finding in findings.Where(finding => finding.Advice is not null))
            show.Words.WriteLine($"{finding.Check}: {finding.Advice}");
    }
}
