using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Bus.Tests.Bench;

/// <summary>What a person sees in the management UI, by the API that it reads, of one virtual host; and what an operator does there.</summary>
internal sealed class BrokerView : IDisposable
{
    private readonly HttpClient _http;
    private readonly BrokerAddress _address;

    internal BrokerView(BrokerAddress address)
    {
        _address = address;
        _http = new HttpClient { BaseAddress = address.Management, Timeout = Patience.Seconds(15) };
        var login = Encoding.UTF8.GetBytes($"{address.Credential.UserName}:{address.Credential.Password}");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(login));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Host => Uri.EscapeDataString(_address.VirtualHost);

    public void Dispose() => _http.Dispose();

    internal Task<IReadOnlyList<JsonObject>> QueuesAsync() => ListAsync($"api/queues/{Host}");

    internal Task<IReadOnlyList<JsonObject>> ExchangesAsync() => ListAsync($"api/exchanges/{Host}");

    internal Task<IReadOnlyList<JsonObject>> ConnectionsAsync() => ListAsync($"api/vhosts/{Host}/connections");

    internal Task<IReadOnlyList<JsonObject>> ChannelsAsync() => ListAsync($"api/vhosts/{Host}/channels");

    internal Task<IReadOnlyList<JsonObject>> ConsumersAsync() => ListAsync($"api/consumers/{Host}");

    /// <summary>The messages of a queue, which stay in it.</summary>
    internal async Task<IReadOnlyList<JsonObject>> MessagesAsync(string queue)
    {
        var ask = new { count = 1000, ackmode = "ack_requeue_true", encoding = "auto" };
        using var answer = await _http.PostAsJsonAsync($"api/queues/{Host}/{Uri.EscapeDataString(queue)}/get", ask, Cancel);
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadFromJsonAsync<JsonArray>(Cancel))!.Select(each => each!.AsObject())];
    }

    /// <summary>The parked messages of a queue, once there are so many.</summary>
    internal Task<IReadOnlyList<JsonObject>> ParkedAsync(string queue, int count) => Eventually.GetAsync(
        $"{count} messages in {queue}_error",
        async _ => (await MessagesAsync(queue + "_error")) is { } messages && messages.Count >= count ? messages : null,
        BusHost.Bound, Cancel);

    internal static string? Header(JsonObject message, string name) =>
        message["properties"]?["headers"]?[name]?.ToString();

    internal async Task<BrokerAddress> AddUserAsync(string name, string rights)
    {
        await PutAsync($"api/users/{name}", new { password = name, tags = "" });
        await PutAsync($"api/permissions/{Host}/{name}", new { configure = rights, write = rights, read = rights });
        return _address with { Amqp = new UriBuilder(_address.Amqp) { UserName = name, Password = name }.Uri };
    }

    /// <summary>What an operator does who closes every connection of this virtual host.</summary>
    internal async Task<int> CloseConnectionsAsync()
    {
        var open = await ConnectionsAsync();
        foreach (var connection in open)
            using (await _http.DeleteAsync($"api/connections/{Uri.EscapeDataString(connection["name"]!.ToString())}", Cancel))
            {
                // One that is gone meanwhile is closed as well.
            }

        return open.Count;
    }

    private async Task PutAsync(string path, object body)
    {
        using var answer = await _http.PutAsJsonAsync(path, body, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<JsonObject>> ListAsync(string path)
    {
        var list = await _http.GetFromJsonAsync<JsonArray>(path, JsonSerializerOptions.Default, Cancel);
        return [.. list!.Select(each => each!.AsObject())];
    }
}
