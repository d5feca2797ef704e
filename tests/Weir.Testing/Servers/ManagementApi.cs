using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers;

/// <summary>The part of RabbitMQ's management API that tests need.</summary>
public sealed class ManagementApi : IDisposable
{
    // The HTTP listener opens a little after the AMQP one.
    private static readonly TimeSpan ListenerBound = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly BrokerAddress _address;

    public ManagementApi(BrokerAddress address)
    {
        _address = address;
        var login = Encoding.UTF8.GetBytes($"{address.Credential.UserName}:{address.Credential.Password}");
        _http = new HttpClient { BaseAddress = address.Management, Timeout = Patience.Seconds(15) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(login));
    }

    /// <summary>Makes a virtual host in which the address's user may do everything.</summary>
    public async Task AddVirtualHostAsync(string name, CancellationToken cancel)
    {
        await ChangeAsync(HttpMethod.Put, $"api/vhosts/{Part(name)}", new { }, cancel);
        var everything = new { configure = ".*", write = ".*", read = ".*" };
        await ChangeAsync(HttpMethod.Put, $"api/permissions/{Part(name)}/{Part(_address.Credential.UserName)}", everything, cancel);
    }

    public Task RemoveVirtualHostAsync(string name, CancellationToken cancel) =>
        ChangeAsync(HttpMethod.Delete, $"api/vhosts/{Part(name)}", null, cancel);

    public async Task<IReadOnlyList<string>> VirtualHostsAsync(CancellationToken cancel)
    {
        using var hosts = await GetAsync("api/vhosts", cancel);
        return [.. hosts.RootElement.EnumerateArray().Select(h => h.GetProperty("name").GetString()!)];
    }

    public async Task<int> RunningNodesAsync(CancellationToken cancel)
    {
        using var nodes = await GetAsync("api/nodes", cancel);
        return nodes.RootElement.EnumerateArray().Count(n => n.GetProperty("running").GetBoolean());
    }

    /// <summary>The node that leads a replicated queue, or null while none does.</summary>
    public async Task<string?> QueueLeaderAsync(string queue, CancellationToken cancel)
    {
        using var told = await GetAsync($"api/queues/{Part(_address.VirtualHost)}/{Part(queue)}", cancel);
        return told.RootElement.TryGetProperty("leader", out var leader) ? leader.GetString() : null;
    }

    /// <summary>Whether the broker has the queue.</summary>
    public async Task<bool> HasQueueAsync(string queue, CancellationToken cancel)
    {
        try
        {
            using var told = await GetAsync($"api/queues/{Part(_address.VirtualHost)}/{Part(queue)}", cancel);
            return true;
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Part(string text) => Uri.EscapeDataString(text);

    private async Task ChangeAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        using var answer = await SendAsync(method, path, body, cancel);
    }

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonDocument>(cancel))!;
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancel) =>
        Eventually.GetAsync<HttpResponseMessage>(
            $"{_address.Management}{path} to answer",
            async token =>
            {
                try
                {
                    using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
                    var answer = await _http.SendAsync(request, token);
                    return answer.EnsureSuccessStatusCode();
                }
                catch (HttpRequestException e) when (e.StatusCode is null or HttpStatusCode.ServiceUnavailable)
                {
                    return null;
                }
            },
            ListenerBound, cancel);
}
