using Weir.Core.Planning;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Planning;

[Unit]
public sealed class CoolDownTests
{
    [Theory]
    [InlineData(null, MoveReason.Imbalance, 10.0, 12.0, 12.0)]
    [InlineData(null, MoveReason.Imbalance, 10.0, null, 10.0)]
    [InlineData(null, null, 10.0, 12.0, 12.0)]
    [InlineData(11.0, MoveReason.NewWorker, 10.0, 12.0, 12.0)]
    [InlineData(30.0, MoveReason.NewWorker, 10.0, 12.0, 30.0)]
    [InlineData(null, MoveReason.WorkerDraining, 10.0, 12.0, null)]
    [InlineData(5.0, MoveReason.WorkerDraining, 10.0, 12.0, 5.0)]
    public void MovedAt_ByReasonAndTimes_IsTheLatestMoveByChoice(double? earlier, MoveReason? reason, double startedAt, double? endedAt, double? movedAt) =>
        Assert.Equal(Span(movedAt), CoolDown.MovedAt(Span(earlier), reason, Rows.Seconds(startedAt), Span(endedAt)));

    private static TimeSpan? Span(double? seconds) => seconds is { } known ? Rows.Seconds(known) : null;
}
