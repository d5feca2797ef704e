using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

[Unit]
public sealed class MoveBatchesTests
{
    [Fact]
    public void Of_TenMovesInThrees_AreFourBatchesFiveSecondsApart()
    {
        var batches = MoveBatches.Of(10, 3, TimeSpan.FromSeconds(5));

        Assert.Equal([0..3, 3..6, 6..9, 9..10], batches.Select(b => b.Moves));
        Assert.Equal([0, 5, 10, 15], batches.Select(b => b.StartsAfter.TotalSeconds));
    }

    [Fact]
    public void Of_NothingToMove_HasNoBatch() => Assert.Empty(MoveBatches.Of(0, 3, TimeSpan.Zero));

    [Fact]
    public void Of_BatchOfNone_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => MoveBatches.Of(1, 0, TimeSpan.Zero));
}
