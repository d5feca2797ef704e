using Weir.Testing.Traits;

namespace Weir.TestRun.Tests;

[Unit]
public sealed class ServerTallyTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_LinesOfSeveralPrograms_CountsServersByWhereTheyCameFrom()
    {
        File.WriteAllText(_file, "local rabbitmq 4210\nlocal postgres 812\nenv rabbitmq 0\ndocker postgres 3100\nlocal rabbitmq 5000\n");

        Assert.Equal("infra: docker 1, local 3, env 1", ServerTally.Read(_file).ToString());
    }

    [Fact]
    public void Read_NoProgramUsedAServer_IsZero() =>
        Assert.Equal("infra: docker 0, local 0, env 0", ServerTally.Read(_file + ".none").ToString());
}
