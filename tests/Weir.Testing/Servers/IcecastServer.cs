using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Weir.Testing.Network;
using Weir.Testing.Radio;
using Weir.Testing.Servers.Processes;
using Weir.Testing.Waiting;

namespace Weir.Testing.Servers;

/// <summary>A real Icecast of one test's own, as a child process, from Debian's package icecast2. There is none in containers: ask <see cref="Obstacle"/> first.</summary>
public sealed class IcecastServer : TestServer
{
    private static readonly TimeSpan AskBound = TimeSpan.FromSeconds(10);

    private readonly int _port;
    private readonly string _password;
    private readonly HttpClient _admin;

    private IcecastServer(int port, string password, IServerProcess process, params IReadOnlyList<IAsyncDisposable> along)
        : base(ServerKind.Local, process, along)
    {
        (_port, _password) = (port, password);
        _admin = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience.Scale(AskBound) };
        _admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Credential("admin"));
    }

    /// <summary>Why none can be started here; null where one can.</summary>
    public static string? Obstacle { get; } = (OperatingSystem.IsLinux(), LocalIcecast.Program) switch
    {
        (false, _) => "icecast runs as a child process, which is watched through /proc: Linux alone",
        (_, null) => "icecast2 is not installed (apt-get install icecast2; tests/run.sh does so where it installs servers)",
        _ => null,
    };

    /// <summary>Where it listens.</summary>
    public int Port => _port;

    /// <summary>Starts one.</summary>
    /// <param name="sourceTimeout">After how long without sound it lets a source go, in whole seconds.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IcecastServer> StartAsync(TimeSpan sourceTimeout, CancellationToken cancel)
    {
        if (Obstacle is { } why) throw new ServersUnavailableException([$"icecast: {why}"]);
        var (port, password) = (PortReservation.Take(), RandomNumberGenerator.GetHexString(16, lowercase: true));
        var command = await LocalIcecast.PrepareAsync(port.Port, password, sourceTimeout, Session.OfThisProcess, cancel);
        var server = new IcecastServer(port.Port, password, new ChildServer(command, Session.OfThisProcess), new PortHold(port));
        await server.BringUpAsync(cancel);
        return server;
    }

    /// <summary>The address of a mount such as <c>/one</c>.</summary>
    public Uri Mount(string mount) => new($"http://127.0.0.1:{_port}{mount}");

    /// <summary>A source that feeds a mount until it is disposed.</summary>
    /// <param name="mount">Such as <c>/one</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="bySourceMethod">Whether it says SOURCE, as older clients do, in place of PUT.</param>
    public async Task<IcecastSource> FeedAsync(string mount, CancellationToken cancel, bool bySourceMethod = false)
    {
        var source = await IcecastSource.ConnectAsync(_port, mount, Credential("source"), bySourceMethod, cancel);
        // It says yes to a source a moment before it has the mount.
        await Eventually.TrueAsync($"{this} to run {mount}", token => RunsAsync(mount, token), AskBound, cancel);
        return source;
    }

    /// <summary>Sets what a mount says it plays, through the admin interface.</summary>
    public async Task TitleAsync(string mount, string title, CancellationToken cancel)
    {
        var path = $"/admin/metadata?mount={Uri.EscapeDataString(mount)}&mode=updinfo&charset=UTF-8&song={Uri.EscapeDataString(title)}";
        using var answer = await _admin.GetAsync(new Uri(path, UriKind.Relative), cancel);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"icecast answers {(int)answer.StatusCode} to a title for {mount}: {await answer.Content.ReadAsStringAsync(cancel)}");
    }

    private async Task<bool> RunsAsync(string mount, CancellationToken cancel)
    {
        using var answer = await _admin.GetAsync(new Uri($"/admin/listclients?mount={Uri.EscapeDataString(mount)}", UriKind.Relative), cancel);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public override string ToString() => $"icecast at 127.0.0.1:{_port}";

    // An open port is not enough: while it starts it resets who came early.
    private protected override async Task AnswerAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await _admin.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (HttpRequestException early)
        {
            throw new IOException(early.Message, early);
        }
    }

    private string Credential(string user) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{user}:{_password}"));
}
