using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Weir.Bus;

namespace Weir.Cli.Doctor;

/// <summary>What only RabbitMQ's management API tells: how long a node that hangs goes unnoticed, and which versions of Weir are connected.</summary>
internal static class ManagementCheck
{
    internal const string Variable = "WEIR_MANAGEMENT";
    private const int Port = 15672;
    private const int TlsPort = 15671;
    private const int TickLeast = 10;
    private const int TickMost = 15;
    private const int BytesMax = 64 * 1024 * 1024;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    /// <summary>The flag, then the variable, then the port where it usually is.</summary>
    /// <exception cref="InputException">It is no address.</exception>
    internal static Uri Address(string? flag, Func<string, string?> variable, BusAddress bus)
    {
        var text = new[] { flag, variable(Variable) }.FirstOrDefault(given => !string.IsNullOrWhiteSpace(given));
        if (text is null)
            return new UriBuilder(bus.UseTls ? "https" : "http", bus.Host, bus.UseTls ? TlsPort : Port).Uri;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? new Uri(uri.AbsoluteUri.TrimEnd('/') + '/')
            : throw new InputException("The management API's address", "none that can be read", "one such as http://127.0.0.1:15672, without an account: the broker's is used");
    }

    internal static async Task<IReadOnlyList<Finding>> LookAsync(BusAddress bus, Uri management, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = management, Timeout = AnswerMax, MaxResponseContentBufferSize = BytesMax };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{bus.User}:{bus.Password}")));
        try
        {
            using var nodes = JsonDocument.Parse(await http.GetStringAsync(new Uri("api/nodes", UriKind.Relative), cancel));
            using var connections = JsonDocument.Parse(await http.GetStringAsync(new Uri($"api/vhosts/{Uri.EscapeDataString(bus.VirtualHost)}/connections", UriKind.Relative), cancel));
            return
            [
                Tick([.. nodes.RootElement.EnumerateArray().Select(node => (Text(node, "name"), Whole(node, "net_ticktime")))], IsLoopback(bus.Host)),
                VersionCheck.Judge(connections.RootElement.EnumerateArray().Select(Of).OfType<Connected>(), WeirVersion.Text),
            ];
        }
        catch (HttpRequestException refused) when (refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return [Skipped($"{management} does not let {bus.User} look", $"rabbitmqctl set_user_tags {bus.User} monitoring")];
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or InvalidOperationException || (away is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return [Skipped($"{management} does not answer as RabbitMQ's management API: {away.Message}", $"rabbitmq-plugins enable rabbitmq_management, or say where it is: --management, or {Variable}")];
        }
    }

    /// <summary>A node that hangs is found after net_ticktime, and until then every queue that it leads stands still.</summary>
    /// <param name="nodes">Each node's name and its net_ticktime in seconds; null where it does not say.</param>
    /// <param name="isLoopback">The broker is this machine's own, for trying things out.</param>
    internal static Finding Tick(IReadOnlyList<(string Name, int? Seconds)> nodes, bool isLoopback)
    {
        const string check = "net_ticktime";
        var wrong = nodes.Where(node => node.Seconds is not (>= TickLeast and <= TickMost)).ToList();
        var told = string.Join(", ", nodes.Select(node => $"{node.Name} {(node.Seconds is { } seconds ? FormattableString.Invariant($"{seconds} s") : "does not say")}"));
        if (nodes.Count <= 1)
            return Finding.Ok(check, $"{told}: it counts between the nodes of a cluster, and this broker is one");
        if (wrong.Count == 0)
            return Finding.Ok(check, $"{told}: a node that hangs is found in time");
        var (words, advice) = (
            $"{told}: {TickLeast} to {TickMost} s is right, for until then a node that hangs holds up every queue it leads, and leases end",
            $"in advanced.config of every node: [{{kernel, [{{net_ticktime, {TickMost}}}]}}]., then restart them one after the other");
        return isLoopback ? Finding.Warning(check, words, advice) : Finding.Failed(check, words, advice);
    }

    private static Connected? Of(JsonElement connection)
    {
        if (!connection.TryGetProperty("client_properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return null; // it is closing
        var version = properties.TryGetProperty(WeirVersion.Property, out var told) ? told.GetString() : null;
        return new(Text(properties, "connection_name"), version);
    }

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int? Whole(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.TryGetInt32(out var whole) ? whole : null;

    private static bool IsLoopback(string host) => host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static Finding Skipped(string words, string advice) => Finding.Skipped("management", $"{words}; net_ticktime and versions were not looked at", advice);
}
