using Weir.Testing.Servers.Containers;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

[Unit]
public sealed class DockerEndpointTests
{
    [Fact]
    public void Find_HostIsNamed_TakesItThoughASocketIsThere()
    {
        var (found, _) = DockerEndpoint.Find(name => name == "DOCKER_HOST" ? "unix:///run/other.sock" : null, _ => true);

        Assert.Equal(new DockerEndpoint("/run/other.sock", null), found);
    }

    [Fact]
    public void Find_TcpOnThisMachine_IsTaken()
    {
        var (found, _) = DockerEndpoint.Find(_ => "tcp://127.0.0.1:2375", _ => false);

        Assert.Equal(new DockerEndpoint(null, new Uri("http://127.0.0.1:2375/")), found);
    }

    [Theory]
    [InlineData("tcp://far.example:2375", "another machine")]
    [InlineData("npipe://./pipe/docker_engine", "neither a unix socket nor TCP")]
    [InlineData("nonsense", "no address")]
    public void Find_HostWeCannotUse_SaysWhy(string host, string why)
    {
        var (found, obstacle) = DockerEndpoint.Find(_ => host, _ => true);

        Assert.Null(found);
        Assert.Contains(why, obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_RootlessEngine_IsFoundInTheUsersRuntimeFolder()
    {
        var (found, _) = DockerEndpoint.Find(
            name => name == "XDG_RUNTIME_DIR" ? "/run/user/7" : null, file => file == "/run/user/7/docker.sock");

        Assert.Equal("/run/user/7/docker.sock", found?.Socket);
    }

    [Fact]
    public void Find_NoSocketAnywhere_SaysSo()
    {
        var (found, obstacle) = DockerEndpoint.Find(_ => null, _ => false);

        Assert.Null(found);
        Assert.Equal("no engine: DOCKER_HOST is not set and there is no /var/run/docker.sock", obstacle);
    }
}
