using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Bus.Connecting;

namespace Weir.Bus.Parked;

/// <summary>Which error queues a broker has. AMQP cannot be asked that: RabbitMQ's management API tells it.</summary>
public static class ParkedQueueList
{
    private const int PageSize = 500;
    private const int PagesMax = 200;
    private const int ManagementPort = 15672;
    private const int ManagementTlsPort = 15671;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(15);

    /// <summary>Where the management API is when nobody says: the broker's first node, port 15672, with TLS 15671.</summary>
    /// <param name="options">Where the broker is.</param>
    public static Uri ManagementOf(WeirBusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new UriBuilder(options.UseTls ? "https" : "http", options.Hosts[0], options.UseTls ? ManagementTlsPort : ManagementPort).Uri;
    }

    /// <summary>The virtual host's error queues, by name.</summary>
    /// <param name="management">Such as <c>http://localhost:15672</c>.</param>
    /// <param name="options">Whose account, and which virtual host.</param>
    /// <param name="cancel">Gives up; each page has 15 s in any case.</param>
    /// <exception cref="BrokerException">The API is not there, or does not let the account in.</exception>
    public static async Task<IReadOnlyList<ErrorQueueName>> ReadAsync(Uri management, WeirBusOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(management);
        ArgumentNullException.ThrowIfNull(options);
        var trust = new BrokerTrust(options, _ => { });
        using var door = new SocketsHttpHandler { ConnectTimeout = options.ConnectTimeout, AllowAutoRedirect = false };
        door.SslOptions.RemoteCertificateValidationCallback = trust.Check;
        using var http = new HttpClient(door) { BaseAddress = management, Timeout = AnswerMax };
        var login = Encoding.UTF8.GetBytes($"{options.User}:{options.Password}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(login));
        try
        {
            return await PagesAsync(http, options.VirtualHost, cancel);
        }
        catch (HttpRequestException e)
        {
            throw Worded(management, options, trust, e);
        }
        catch (TaskCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new BrokerException(BrokerFault.TimedOut, $"The management API at {management} did not answer within {AnswerMax.TotalSeconds:0} s", e);
        }
        catch (JsonException e)
        {
            throw new BrokerException(BrokerFault.Unreachable, $"What answers at {management} is not RabbitMQ's management API: name its address by --management", e);
        }
    }

    private static async Task<IReadOnlyList<ErrorQueueName>> PagesAsync(HttpClient http, string virtualHost, CancellationToken cancel)
    {
        var queues = new List<ErrorQueueName>();
        for (var page = 1; page <= PagesMax; page++)
        {
            var ask = $"api/queues/{Uri.EscapeDataString(virtualHost)}?page={page}&page_size={PageSize}&name=_error%24&use_regex=true&columns=name";
            var answer = await http.GetFromJsonAsync<JsonObject>(ask, cancel);
            queues.AddRange((answer?["items"] as JsonArray ?? []).Select(queue => ErrorQueueName.Of(queue?["name"]?.ToString())).OfType<ErrorQueueName>());
            if (page >= (answer?["page_count"]?.GetValue<int>() ?? 0))
                break;
        }
        return [.. queues.OrderBy(queue => queue.Name, StringComparer.Ordinal)];
    }

    private static BrokerException Worded(Uri management, WeirBusOptions options, BrokerTrust trust, HttpRequestException fault) => fault.StatusCode switch
    {
        null when trust.Refusal is { } untrusted => new(BrokerFault.Refused, untrusted, fault),
        null => new(BrokerFault.Unreachable, $"The list of queues comes from RabbitMQ's management API, and none answers at {management} ({fault.Message}): name its address by --management, or name the error queue", fault),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
            BrokerFault.Refused, $"The management API at {management} does not let '{options.User}' in: check the password, and that the account has the tag 'management'; or name the error queue", fault),
        HttpStatusCode.NotFound => new(BrokerFault.NotFound, $"The broker has no virtual host '{options.VirtualHost}', or what answers at {management} is not its management API", fault),
        _ => new(BrokerFault.Unreachable, $"The management API at {management} answered {(int)fault.StatusCode!}", fault),
    };
}
