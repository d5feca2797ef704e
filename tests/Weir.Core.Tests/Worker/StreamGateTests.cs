using CsCheck;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Worker;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Worker;

[Unit]
public sealed class StreamGateTests
{
    private static readonly StreamGate RunningAt5 = default(StreamGate).Start(E(5), Rows.Old, leaseIsValid: true).Next.Claimed(E(5)).Next;
    private static readonly StreamGate StoppingAt5 = RunningAt5.Cancel().Next;

    [Fact]
    public void Start_AboveTheGate_StartsAndIsStartedOnceClaimed()
    {
        var step = default(StreamGate).Start(E(5), Rows.Old, leaseIsValid: true);

        Assert.Equal((GateAction.StartHandler, AnswerKind.None), (step.Action, step.Answer));
        Assert.Equal(AnswerKind.Started, step.Next.Claimed(E(5)).Answer);
    }

    [Fact]
    public void Start_AfterARelease_FindsTheGateShut()
    {
        var released = default(StreamGate).Release(E(7));

        var late = released.Next.Start(E(6), Rows.Old, leaseIsValid: true);

        Assert.Equal(AnswerKind.Released, released.Answer);
        Assert.Equal((GateAction.None, AnswerKind.Refused), (late.Action, late.Answer));
    }

    [Fact]
    public void Start_HigherWhileRunning_RaisesTheEpochInPlace()
    {
        var step = RunningAt5.Start(E(8), Rows.New, leaseIsValid: true);

        Assert.Equal((GateAction.RaiseHandler, E(8), Rows.New), (step.Action, step.Next.RunsAt, step.Next.CoveredBy));
    }

    [Theory]
    [InlineData(5, AnswerKind.Started)]
    [InlineData(4, AnswerKind.None)]
    public void Start_AtOrBelowWhileRunning_IsNeverRefused(long epoch, AnswerKind says) =>
        Assert.Equal(says, RunningAt5.Start(E(epoch), Rows.Old, leaseIsValid: true).Answer);

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public void Start_AtOrBelowWhileStopping_SaysNothing(long epoch) =>
        Assert.Equal(AnswerKind.None, StoppingAt5.Start(E(epoch), Rows.Old, leaseIsValid: true).Answer);

    [Fact]
    public void Start_WhileStopping_RunsAfterTheHandlerHasEnded()
    {
        var waiting = StoppingAt5.Start(E(8), Rows.New, leaseIsValid: true);

        var ended = waiting.Next.Ended(leaseIsValid: true, byItself: false);

        Assert.Equal(GateAction.None, waiting.Action);
        Assert.Equal((GateAction.StartHandler, E(8), Rows.New), (ended.Action, ended.Next.RunsAt, ended.Next.CoveredBy));
    }

    [Fact]
    public void Release_WhileAStartWaits_TakesItBack()
    {
        var released = StoppingAt5.Start(E(8), Rows.New, leaseIsValid: true).Next.Release(E(8));

        var ended = released.Next.Ended(leaseIsValid: true, byItself: false);

        Assert.Equal((GateAction.None, AnswerKind.Released, E(8)), (ended.Action, ended.Answer, ended.Epoch));
    }

    [Fact]
    public void Start_LeaseNotValid_IsRefusedOnlyIfNothingRuns()
    {
        var nothingRuns = default(StreamGate).Start(E(5), Rows.Old, leaseIsValid: false);
        var runs = RunningAt5.Start(E(6), Rows.Old, leaseIsValid: false);

        Assert.Equal((AnswerKind.Refused, E(5)), (nothingRuns.Answer, nothingRuns.Next.Told));
        Assert.Equal((AnswerKind.None, RunningAt5), (runs.Answer, runs.Next));
    }

    [Fact]
    public void Release_WhileRunning_IsSaidWhenTheHandlerHasEnded()
    {
        var asked = RunningAt5.Release(E(5));

        var ended = asked.Next.Ended(leaseIsValid: true, byItself: false);

        Assert.Equal((GateAction.CancelHandler, AnswerKind.None), (asked.Action, asked.Answer));
        Assert.Equal((AnswerKind.Released, E(5)), (ended.Answer, ended.Epoch));
    }

    [Fact]
    public void Release_BelowTheGate_ChangesNothing() => Assert.Equal(RunningAt5, RunningAt5.Release(E(4)).Next);

    [Fact]
    public void Ended_ByItself_IsFailedAndLeavesTheGate()
    {
        var ended = RunningAt5.Ended(leaseIsValid: true, byItself: true);

        Assert.Equal((AnswerKind.Failed, E(5), E(5)), (ended.Answer, ended.Epoch, ended.Next.Told));
    }

    [Fact]
    public void Ended_LeaseLapsed_SaysNothing() => Assert.Equal(AnswerKind.None, StoppingAt5.Ended(leaseIsValid: false, byItself: false).Answer);

    [Fact]
    public void Property_AnyOrderOfCommands_NeverLowersTheGateNorLiesAboutARunningHandler() =>
        Gen.Select(Gen.Int[0, 5], Gen.Long[1, 9], Gen.Bool).Array[1, 40].Sample(events =>
        {
            var gate = default(StreamGate);
            foreach (var (kind, epoch, valid) in events)
            {
                var step = kind switch
                {
                    0 or 1 => gate.Start(E(epoch), Rows.Old, valid),
                    2 => gate.Release(E(epoch)),
                    3 => gate.Claimed(gate.RunsAt),
                    4 => gate.Cancel(),
                    _ when gate.Handler != HandlerState.None => gate.Ended(valid, byItself: true),
                    _ => gate.Cancel(),
                };

                Assert.True(step.Next.Told >= gate.Told);
                Assert.True(step.Answer is AnswerKind.None or AnswerKind.Started || step.Next.Handler == HandlerState.None);
                gate = step.Next;
            }
        });

    private static Epoch E(long value) => new(value);
}
