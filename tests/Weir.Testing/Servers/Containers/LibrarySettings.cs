using Weir.Testing.Servers.Processes;

namespace Weir.Testing.Servers.Containers;

/// <summary>
/// What the container library reads from the environment when it is first used; set before that, and only where
/// nobody has set it already.
/// </summary>
internal static class LibrarySettings
{
    // What the library asks for by itself; an older engine refuses it.
    private static readonly Version Asked = new(1, 44);

    public static void Apply(DockerEngine engine, DockerEndpoint endpoint)
    {
        if (engine.ApiVersion < Asked) Default("DOCKER_API_VERSION", engine.ApiVersion.ToString());
        // We publish on loopback; the library would look at the bridge's address where it takes this for a container.
        Default("TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1");
        if (endpoint.Socket is not null) Default("DOCKER_HOST", "unix://" + endpoint.Socket);
        // Its reaper is one more image to pull; ours does the same where there is a docker command for it.
        if (Reaper.CanRemoveContainers) Default("TESTCONTAINERS_RYUK_DISABLED", "true");
    }

    private static void Default(string name, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) Environment.SetEnvironmentVariable(name, value);
    }
}
