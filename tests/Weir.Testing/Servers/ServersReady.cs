using Xunit;

namespace Weir.Testing.Servers;

/// <summary>For <c>IClassFixture</c>: servers are there before the class's first test begins, so that its time is its own.</summary>
public sealed class ServersReady : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await TestServers.GetAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
