namespace Weir.Diagnostics.Tests.Stage;

/// <summary>A seeded fleet behind the API, shared by the tests of a class.</summary>
public abstract class ReadingStage : IAsyncLifetime
{
    internal ApiHost Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Api = await StartAsync();
        await Api.WriteAsync(SeededFleet.WriteAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await EndAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual ValueTask EndAsync() => ValueTask.CompletedTask;

    private protected abstract Task<ApiHost> StartAsync();
}
