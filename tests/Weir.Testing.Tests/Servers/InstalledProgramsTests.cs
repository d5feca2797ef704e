using Weir.Testing.Servers.Processes;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Servers;

[Unit]
public sealed class InstalledProgramsTests
{
    [Fact]
    public void Find_DebiansLayout_TakesTheRealProgramsAndTheNewestPostgres()
    {
        var found = InstalledPrograms.Find(
            "/usr/sbin:/usr/bin", _ => true, ["/usr/lib/postgresql/9", "/usr/lib/postgresql/17", "/usr/lib/postgresql/15"]);

        Assert.Equal(
            new InstalledPrograms(
                "/usr/lib/rabbitmq/bin/rabbitmq-server", "/usr/sbin/epmd", "/usr/lib/postgresql/17/bin/postgres",
                "/usr/lib/postgresql/17/bin/initdb"),
            found);
        Assert.Null(found.Obstacle());
    }

    [Fact]
    public void Obstacle_SomeAreMissing_NamesThem()
    {
        var found = InstalledPrograms.Find("/usr/bin", file => file == "/usr/bin/epmd", []);

        Assert.Equal("not installed: rabbitmq-server, postgres, initdb", found.Obstacle());
    }
}
