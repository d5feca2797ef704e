using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Assignments;

[Unit]
public sealed class AnswersTests
{
    [Theory]
    [InlineData(AssignmentState.Starting, AnswerKind.Started, true, AssignmentState.Owned)]
    [InlineData(AssignmentState.Releasing, AnswerKind.Started, false, AssignmentState.Releasing)]
    [InlineData(AssignmentState.Releasing, AnswerKind.Released, true, AssignmentState.Unowned)]
    [InlineData(AssignmentState.Starting, AnswerKind.Refused, true, AssignmentState.Unowned)]
    [InlineData(AssignmentState.Owned, AnswerKind.Failed, true, AssignmentState.Unowned)]
    [InlineData(AssignmentState.Unowned, AnswerKind.Released, false, AssignmentState.Unowned)]
    public void Answer_OfTheGrantedEpoch_IsTaken(AssignmentState state, AnswerKind kind, bool takes, AssignmentState after)
    {
        var row = Rows.Row(state);

        var taken = Answers.TryTake(row, Answer(kind), TimeSpan.Zero, out var next);

        Assert.Equal((takes, after), (taken, next.State));
    }

    [Theory]
    [InlineData(99, 10)]
    [InlineData(100, 9)]
    public void Answer_OfAnotherGrant_ChangesNothing(long epoch, long incarnation)
    {
        var answer = new StreamAnswer(AnswerKind.Released, new Incarnation(incarnation), Rows.Stream, new Epoch(epoch));

        Assert.False(Answers.TryTake(Rows.Row(AssignmentState.Owned), answer, TimeSpan.Zero, out _));
    }

    [Fact]
    public void Answer_WhileAMigrationHasTheRow_IsTheSagas() =>
        Assert.False(Answers.TryTake(Rows.Row(AssignmentState.Releasing) with { Migrating = true }, Answer(AnswerKind.Released), TimeSpan.Zero, out _));

    [Theory]
    [InlineData(AssignmentState.Starting, AnswerKind.Started)]
    [InlineData(AssignmentState.Releasing, AnswerKind.Released)]
    public void Answer_Taken_EndsTheCountOfQuestions(AssignmentState state, AnswerKind kind)
    {
        Answers.TryTake(Rows.Row(state) with { Asked = 2 }, Answer(kind), TimeSpan.Zero, out var next);

        Assert.Equal(0, next.Asked);
    }

    [Fact]
    public void Failed_ThirdTimeInTenMinutes_IsQuarantined()
    {
        var row = Rows.Row(AssignmentState.Owned) with { Failures = 2, FailingSince = TimeSpan.FromMinutes(1) };

        Answers.TryTake(row, Answer(AnswerKind.Failed), TimeSpan.FromMinutes(10.9), out var next);

        Assert.Equal(StreamHold.Quarantined, next.Hold);
    }

    [Theory]
    [InlineData(StreamHold.None, 11, StreamHold.Quarantined)]
    [InlineData(StreamHold.Paused, 11, StreamHold.Paused)]
    [InlineData(StreamHold.Withdrawn, 11, StreamHold.Withdrawn)]
    public void Failed_ThirdTimeAfterTenMinutesSharp_IsQuarantinedUnlessItIsHeldAlready(StreamHold hold, double minutes, StreamHold after)
    {
        var row = Rows.Row(AssignmentState.Owned) with { Failures = 2, FailingSince = TimeSpan.FromMinutes(1), Hold = hold };

        Answers.TryTake(row, Answer(AnswerKind.Failed), TimeSpan.FromMinutes(minutes), out var next);

        Assert.Equal(after, next.Hold);
    }

    [Fact]
    public void Failed_AfterTenMinutesOrAStepBack_IsCountedAnew()
    {
        var row = Rows.Row(AssignmentState.Owned) with { Failures = 2, FailingSince = TimeSpan.FromMinutes(1) };

        Answers.TryTake(row, Answer(AnswerKind.Failed), TimeSpan.FromMinutes(11.1), out var later);
        Answers.TryTake(row, Answer(AnswerKind.Failed), TimeSpan.Zero, out var stepped);

        Assert.Equal((1, 1), (later.Failures, stepped.Failures));
    }

    private static StreamAnswer Answer(AnswerKind kind) => new(kind, Rows.Old, Rows.Stream, new Epoch(100));
}
