namespace Weir.Diagnostics.Tests.Stage;

public sealed class PostgresStage : ReadingStage
{
    private readonly PostgresScope _scope = new();

    private protected override ValueTask EndAsync() => _scope.DisposeAsync();

    private protected override async Task<ApiHost> StartAsync()
    {
        await _scope.InitializeAsync();
        return await ApiHost.StartAsync(_scope.Database, broker: null);
    }
}
