using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

[Unit]
public sealed class MoveReasonsTests
{
    [Theory]
    [InlineData(0.4, 1, 75)]
    [InlineData(1, 1, 70)]
    [InlineData(1, 0.5, 70)]
    public void Priority_ByPerformance_GrowsWithWhatIsGainedAndNeverFalls(double from, double to, byte priority)
    {
        var snapshot = new Snapshot([10, 10], [WorkerState.Active, WorkerState.Active], [from, to], [0]);

        Assert.Equal(priority, MoveReasons.Explain(snapshot, stream: 0, from: 0, to: 1, MoveReason.Imbalance).Priority);
    }
}
