namespace Weir.Diagnostics.Tests.Stage;

public sealed class SqliteStage : ReadingStage
{
    private protected override Task<ApiHost> StartAsync() => ApiHost.StartAsync();
}
