using Weir.Persistence.Resilience;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Persistence.Tests.Resilience;

[Unit]
public sealed class StopRequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asked_WhileWhoeverIsToldHangs_CompletesAndTheTokenSaysSo()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var never = new ManualResetEventSlim();
        using var stop = new StopRequest(caller.Token);
        await using var hangs = stop.Token.Register(() => never.Wait(Cancel));

        await caller.CancelAsync();
        await stop.Asked.WaitAsync(Patience.Seconds(30), Cancel);
        var isTold = stop.Token.IsCancellationRequested;
        never.Set();

        Assert.True(isTold);
    }

    [Fact]
    public void Asked_ByACallerWhoHadGivenUpBefore_IsComplete()
    {
        using var stop = new StopRequest(new CancellationToken(canceled: true));

        Assert.True(stop.Asked.IsCompletedSuccessfully);
        Assert.True(stop.Token.IsCancellationRequested);
    }

    [Fact]
    public void Asked_ByNobody_IsNot()
    {
        using var stop = new StopRequest(CancellationToken.None);

        Assert.False(stop.Asked.IsCompleted);
        Assert.False(stop.Token.IsCancellationRequested);
    }
}
