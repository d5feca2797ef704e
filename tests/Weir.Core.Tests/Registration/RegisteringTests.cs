using Weir.Core.Identity;
using Weir.Core.Invariants;
using Weir.Core.Registration;
using Weir.Testing.Traits;

namespace Weir.Core.Tests.Registration;

[Unit]
public sealed class RegisteringTests
{
    private static readonly WorkerRow Known = new(Rows.Worker, Rows.Old, "p1", Attempt: 3) { Cordoned = true, Draining = true };

    [Theory]
    [InlineData("p1", 4, false, RegisterOutcome.Registered)]
    [InlineData("p1", 3, false, RegisterOutcome.AnswerAgain)]
    [InlineData("p1", 2, false, RegisterOutcome.Dropped)]
    [InlineData("p2", 1, false, RegisterOutcome.Registered)]
    [InlineData("p0", 9, true, RegisterOutcome.Superseded)]
    public void Register_KnownWorker_IsDecidedByProcessAndAttempt(string process, long attempt, bool hadTheName, RegisterOutcome expected) =>
        Assert.Equal(expected, Registering.Decide(Known, hadTheName, Request(process, attempt)));

    [Fact]
    public void Register_NewName_IsRegistered() => Assert.Equal(RegisterOutcome.Registered, Registering.Decide(null, hadTheName: false, Request("p1", 1)));

    [Fact]
    public void Take_CordonOutlivesTheProcess_DrainDoesNot()
    {
        var taken = Registering.Take(Known, Request("p2", 1), new Epoch(20));

        Assert.Equal((Rows.New, true, false), (taken.Newest, taken.Cordoned, taken.Draining));
    }

    [Fact]
    public void Take_IncarnationNotAboveTheLast_Throws() =>
        Assert.Throws<InvariantViolatedException>(() => Registering.Take(Known, Request("p2", 1), new Epoch(10)));

    [Fact]
    public void Parts_InAnyOrderAndTwice_AreAllInOnce()
    {
        var parts = new HoldingParts(3, 0).Add(3).Add(1).Add(3);

        Assert.False(parts.AllIn);
        Assert.True(parts.Add(2).AllIn);
        Assert.Throws<InvariantViolatedException>(() => parts.Add(4));
    }

    private static RegisterRequest Request(string process, long attempt) => new(Rows.Worker, process, attempt, Predecessor: null);
}
