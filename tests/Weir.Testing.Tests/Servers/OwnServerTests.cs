using Weir.Testing.Servers;

namespace Weir.Testing.Tests.Servers;

/// <summary>The same tests for each way to start servers: a derived class names the way.</summary>
public abstract class OwnServerTests
{
    private protected abstract IServerSource Source { get; }

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The way, or a skip that says why this machine cannot show it.</summary>
    private protected async Task<IServerSource> UsableSourceAsync()
    {
        var obstacle = await Source.ObstacleAsync(Cancel);
        Assert.SkipUnless(obstacle is null, $"{Source.Kind}: {obstacle}");
        return Source;
    }
}
