namespace Weir.Testing.Servers.Containers;

/// <summary>Where a Docker engine listens: a unix socket, or a TCP port of this machine.</summary>
internal sealed record DockerEndpoint(string? Socket, Uri? Tcp)
{
    /// <summary>
    /// The place to ask, or why there is none: where Docker's own command looks, then where Desktop and rootless
    /// engines listen.
    /// </summary>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public static (DockerEndpoint? Found, string? Obstacle) Find(Func<string, string?> variable, Func<string, bool> exists)
    {
        if (variable("DOCKER_HOST") is { Length: > 0 } host) return FromHost(host);

        string[] sockets =
        [
            "/var/run/docker.sock",
            $"{variable("HOME")}/.docker/run/docker.sock",
            $"{variable("XDG_RUNTIME_DIR")}/docker.sock",
        ];
        return sockets.FirstOrDefault(exists) is { } socket
            ? (new DockerEndpoint(socket, null), null)
            : (null, "no engine: DOCKER_HOST is not set and there is no /var/run/docker.sock");
    }

    private static (DockerEndpoint? Found, string? Obstacle) FromHost(string host)
    {
        if (!Uri.TryCreate(host, UriKind.Absolute, out var uri)) return (null, $"DOCKER_HOST '{host}' is no address");
        if (uri.Scheme == "unix") return (new DockerEndpoint(uri.AbsolutePath, null), null);
        if (uri.Scheme is not ("tcp" or "http")) return (null, $"DOCKER_HOST '{host}' is neither a unix socket nor TCP");

        // What we start is reachable on loopback only.
        return uri.IsLoopback
            ? (new DockerEndpoint(null, new UriBuilder("http", uri.Host, uri.Port).Uri), null)
            : (null, $"DOCKER_HOST '{host}' is another machine; give its servers' addresses by the environment instead");
    }
}
