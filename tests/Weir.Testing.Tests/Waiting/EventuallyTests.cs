using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Waiting;

[Unit]
public sealed class EventuallyTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task True_SoAtOnce_LooksOnce()
    {
        var looks = 0;

        await Eventually.TrueAsync("anything", _ => Task.FromResult(++looks > 0), Long, Cancel);

        Assert.Equal(1, looks);
    }

    [Fact]
    public async Task Get_ThereAtTheThirdLook_GivesIt()
    {
        var looks = 0;

        var found = await Eventually.GetAsync("the third", _ => Task.FromResult(++looks == 3 ? "third" : null), Long, Cancel);

        Assert.Equal("third", found);
    }

    [Fact]
    public async Task True_NeverSo_FailsAndSaysWhatWasWaitedFor()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(
            () => Eventually.TrueAsync("the queue q-7 to be empty", _ => Task.FromResult(false), Short, Cancel));

        Assert.Contains("for the queue q-7 to be empty", failure.Message, StringComparison.Ordinal);
        Assert.Contains("WEIR_TEST_TIMEOUT_SCALE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task True_LookThrows_IsNotTakenForNotYet() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => Eventually.TrueAsync("anything", _ => throw new InvalidOperationException("broken"), Long, Cancel));

    [Fact]
    public async Task True_Cancelled_EndsAtOnce()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Eventually.TrueAsync("anything", _ => Task.FromResult(false), Long, cancelled.Token));
    }
}
