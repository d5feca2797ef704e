namespace Weir.Testing.Servers.Processes;

/// <summary>How Icecast runs as a child: a configuration of its own, loopback only, not as root, which it refuses.</summary>
internal static class LocalIcecast
{
    private const string User = "icecast2";
    private const string Group = "icecast";
    private const string Web = "/usr/share/icecast2";

    /// <summary>Where it is on this machine; null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries).Append("/usr/bin").Select(folder => Path.Combine(folder, "icecast2")).FirstOrDefault(File.Exists);

    public static async Task<ChildCommand> PrepareAsync(int port, string password, TimeSpan sourceTimeout, Session session, CancellationToken cancel)
    {
        var folder = session.NewFolder("icecast");
        var file = Path.Combine(folder, "icecast.xml");
        await File.WriteAllTextAsync(file, Configuration(port, password, (int)Math.Ceiling(sourceTimeout.TotalSeconds), folder), cancel);
        await Tool.GiveAsync(folder, User, cancel);
        return new ChildCommand("icecast", Program!, ["-c", file], folder) { User = User, Group = Group };
    }

    private static string Configuration(int port, string password, int sourceTimeoutSeconds, string folder) => $"""
        <icecast>
          <location>loopback</location>
          <admin>nobody@localhost</admin>
          <hostname>127.0.0.1</hostname>
          <limits>
            <clients>400</clients>
            <sources>120</sources>
            <queue-size>262144</queue-size>
            <client-timeout>30</client-timeout>
            <header-timeout>15</header-timeout>
            <source-timeout>{sourceTimeoutSeconds}</source-timeout>
            <burst-on-connect>1</burst-on-connect>
            <burst-size>16384</burst-size>
          </limits>
          <authentication>
            <source-password>{password}</source-password>
            <relay-password>{password}</relay-password>
            <admin-user>admin</admin-user>
            <admin-password>{password}</admin-password>
          </authentication>
          <listen-socket>
            <port>{port}</port>
            <bind-address>127.0.0.1</bind-address>
          </listen-socket>
          <fileserve>0</fileserve>
          <paths>
            <basedir>{Web}</basedir>
            <logdir>{folder}</logdir>
            <webroot>{Web}/web</webroot>
            <adminroot>{Web}/admin</adminroot>
          </paths>
          <logging>
            <accesslog>access.log</accesslog>
            <errorlog>error.log</errorlog>
            <loglevel>3</loglevel>
            <logsize>10000</logsize>
          </logging>
          <security>
            <chroot>0</chroot>
          </security>
        </icecast>
        """;
}
