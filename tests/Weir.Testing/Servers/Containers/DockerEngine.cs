using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers.Containers;

/// <summary>The few calls of the engine's API that the container library does not make: who are you, kill, start again, pause.</summary>
internal sealed class DockerEngine
{
    private static readonly TimeSpan PingBound = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;

    private DockerEngine(HttpClient http) => _http = http;

    /// <summary>The newest API the engine speaks, such as 1.41.</summary>
    public Version ApiVersion { get; private set; } = new(1, 24);

    /// <summary>The engine that answers there, or why none does.</summary>
    public static async Task<(DockerEngine? Engine, string? Obstacle)> PingAsync(DockerEndpoint endpoint, CancellationToken cancel)
    {
        var engine = new DockerEngine(Client(endpoint));
        using var bound = Patience.Limit(PingBound, cancel);
        try
        {
            using var answer = await engine._http.GetAsync("/_ping", bound.Token);
            answer.EnsureSuccessStatusCode();
            if (answer.Headers.TryGetValues("Api-Version", out var told) && Version.TryParse(told.First(), out var version))
                engine.ApiVersion = version;
            return (engine, null);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return (null, $"no engine answers at {endpoint.Socket ?? endpoint.Tcp?.Authority}: {e.Message}");
        }
    }

    public Task KillAsync(string container, CancellationToken cancel) => PostAsync(container, "kill?signal=KILL", cancel);

    public Task StartAsync(string container, CancellationToken cancel) => PostAsync(container, "start", cancel);

    public Task PauseAsync(string container, CancellationToken cancel) => PostAsync(container, "pause", cancel);

    public Task UnpauseAsync(string container, CancellationToken cancel) => PostAsync(container, "unpause", cancel);

    public Task WaitUntilStoppedAsync(string container, CancellationToken cancel) => PostAsync(container, "wait", cancel);

    /// <summary>Its status in the engine's words and its exit code, which means something once it has ended.</summary>
    public async Task<(string Status, int ExitCode)> StateAsync(string container, CancellationToken cancel)
    {
        await using var stream = await _http.GetStreamAsync(Path(container, "json"), cancel);
        using var told = await JsonDocument.ParseAsync(stream, cancellationToken: cancel);
        var state = told.RootElement.GetProperty("State");
        return (state.GetProperty("Status").GetString()!, state.GetProperty("ExitCode").GetInt32());
    }

    private static HttpClient Client(DockerEndpoint endpoint)
    {
        if (endpoint.Tcp is not null) return new HttpClient { BaseAddress = endpoint.Tcp };

        var path = new UnixDomainSocketEndPoint(endpoint.Socket!);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(path, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://docker/") };
    }

    private async Task PostAsync(string container, string verb, CancellationToken cancel)
    {
        using var answer = await _http.PostAsync(Path(container, verb), content: null, cancel);
        // 304: it is so already. 409: it does not run, which is what a kill is for.
        if (answer.StatusCode is HttpStatusCode.NotModified or HttpStatusCode.Conflict) return;
        if (!answer.IsSuccessStatusCode)
        {
            var said = await answer.Content.ReadAsStringAsync(cancel);
            throw new InvalidOperationException($"Docker answered {verb} of {container} with {(int)answer.StatusCode}: {said}");
        }
    }

    private string Path(string container, string verb) => $"/v{ApiVersion}/containers/{container}/{verb}";
}
