using Weir.Contracts.Ownership;
using Weir.Contracts.Registration;
using Weir.Testing.Traits;
using Weir.Worker.Testing;
using Weir.Worker.Tests.Stage;

namespace Weir.Worker.Tests.Agent;

[Unit]
public sealed class RegistrationTests
{
    private readonly Probe _probe = new();

    [Fact]
    public async Task Unanswered_IsSentAgainAsItWas_ThenUnderANewAttempt()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = _ => "nothing";
        host.Agent.OnCommandsReady();

        await host.Advance(TimeSpan.FromSeconds(3));
        var sent = host.All<RegisterWorker>();
        await host.Advance(TimeSpan.FromSeconds(2));

        Assert.InRange(sent.Count, 2, 3);
        Assert.All(sent, each => Assert.Equal(1, each.Attempt));
        Assert.Equal(2, host.All<RegisterWorker>()[^1].Attempt);
        Assert.False(host.HasLease);
    }

    [Fact]
    public async Task Unanswered_ForLong_AttemptsComeLaterAndLater_AndAtOnceAgainAfterALifeThatWasRenewed()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = _ => "nothing";
        host.Agent.OnCommandsReady();

        await host.Advance(TimeSpan.FromMinutes(10));

        // 4 s each, and after eight of them 1, 2, 4, 8, 16, 30, 30 ... s before the next, or half of it.
        Assert.InRange(host.All<RegisterWorker>()[^1].Attempt, 24, 45);

        host.Plane.OnRegister = null;
        await host.Advance(TimeSpan.FromSeconds(40));
        Assert.True(host.HasLease);
        var before = host.All<RegisterWorker>()[^1].Attempt;
        host.Agent.OnRegisterAgain(new RegisterAgain("w1", host.Plane.Incarnation, "asked"));
        await host.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal(before + 1, host.All<RegisterWorker>()[^1].Attempt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InVain_ItsQueuesAreMadeAnew_AfterTwoAttemptsThenAfterTwiceAsMany_AndThePaceStays(bool isLetIn)
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = isLetIn ? null : _ => "nothing";
        host.Plane.AnswersBeats = false;
        host.Agent.OnCommandsReady();
        var doubtedAt = new List<long>();

        for (var second = 0; second < 600; second++)
        {
            await host.Advance(TimeSpan.FromSeconds(1));
            if (host.Plane.Rebuilds == doubtedAt.Count)
                continue;
            doubtedAt.Add(host.All<RegisterWorker>()[^1].Attempt);
            host.Agent.OnCommandsReady();
        }

        // The attempt after those goes in the same look, until the pace puts it off.
        Assert.Equal([3, 5, 9, 16], doubtedAt.Take(4));
        Assert.InRange(host.All<RegisterWorker>()[^1].Attempt, 22, 45);
    }

    [Fact]
    public async Task LetInAfterItsQueuesWereMadeAnew_TheNextOutageCountsFromNothing()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = _ => "nothing";
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, host.Plane.Rebuilds);

        host.Plane.OnRegister = null;
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromSeconds(20));
        Assert.True(host.HasLease);
        host.Agent.OnRegisterAgain(new RegisterAgain("w1", host.Plane.Incarnation, "asked"));
        await host.Advance(TimeSpan.FromSeconds(20));

        Assert.True(host.HasLease);
        Assert.Equal(1, host.Plane.Rebuilds);
    }

    [Fact]
    public async Task BrokerIsBack_TheNextAttemptGoesAtOnce()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = _ => "nothing";
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromMinutes(10));
        var before = host.All<RegisterWorker>()[^1].Attempt;

        host.Plane.OnRegister = null;
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromMilliseconds(400));

        Assert.Equal(before + 1, host.All<RegisterWorker>()[^1].Attempt);
        Assert.True(host.HasLease);
    }

    [Fact]
    public async Task BrokerIsAway_NothingIsAsked_AndOnceWhenItIsBack()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var before = host.All<RegisterWorker>().Count;
        host.Plane.AnswersBeats = false;
        host.Agent.OnCommandsGone();

        await host.Advance(TimeSpan.FromMinutes(2));
        Assert.False(host.HasLease);
        Assert.Equal(before, host.All<RegisterWorker>().Count);

        host.Plane.AnswersBeats = true;
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(before + 1, host.All<RegisterWorker>().Count);
        Assert.True(host.HasLease);
    }

    [Fact]
    public async Task Answer_ToWhatWasAskedBeforeTheQueueWasGone_IsDropped()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = _ => "nothing";
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromMilliseconds(500));

        host.Agent.OnCommandsGone();
        host.Agent.OnRegistered(new WorkerRegistered("w1", "test", 1, 5, 2000, 8000));

        Assert.False(host.HasLease);
    }

    [Fact]
    public async Task Life_ThatIsNeverRenewed_IsNoReasonToAskSooner()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.AnswersBeats = false;
        host.Agent.OnCommandsReady();

        await host.Advance(TimeSpan.FromMinutes(10));

        // Each life lasts 6 s.
        Assert.InRange(host.All<RegisterWorker>()[^1].Attempt, 22, 41);
    }

    [Fact]
    public async Task Answer_ThatComesTooLateForALease_IsFollowedByANewAttempt()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = _ => "nothing";
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromMilliseconds(500));

        host.Clock.Advance(TimeSpan.FromSeconds(7));
        host.Agent.OnRegistered(new WorkerRegistered("w1", "test", 1, 5, 2000, 8000));
        host.Plane.OnRegister = null;
        await host.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal(2, host.All<RegisterWorker>()[^1].Attempt);
        Assert.True(host.HasLease);
    }

    [Fact]
    public async Task Refused_StopsAndEndsWith2()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = asked => new RegistrationRefused(asked.WorkerId, asked.ProcessId, asked.Attempt, Superseded: false, "Pool 'x' is not there");
        host.Agent.OnCommandsReady();

        await host.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(WorkerExitCode.Refused, host.ExitCode);
        Assert.Single(host.All<RegisterWorker>());
        Assert.True(host.Agent.Ended.IsCompleted);
    }

    [Fact]
    public async Task RefusedForANewerProcess_EndsWith3_AnotherProcessesRefusalIsDropped()
    {
        await using var host = await ProbeHost.StartAsync(_probe);

        host.Agent.OnRegistrationRefused(new RegistrationRefused("w1", "other", 1, Superseded: true, "newer"));
        Assert.Null(host.ExitCode);
        host.Agent.OnRegistrationRefused(new RegistrationRefused("w1", "test", 1, Superseded: true, "newer"));

        Assert.Equal(WorkerExitCode.Superseded, host.ExitCode);
    }

    [Fact]
    public async Task Answer_OfAnotherProcessOrAttempt_IsDropped()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = _ => "nothing";
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromMilliseconds(500));

        host.Agent.OnRegistered(new WorkerRegistered("w1", "other", 1, 5, 2000, 8000));
        host.Agent.OnRegistered(new WorkerRegistered("w1", "test", 7, 5, 2000, 8000));
        Assert.False(host.HasLease);
        host.Agent.OnRegistered(new WorkerRegistered("w1", "test", 1, 5, 2000, 8000));

        Assert.True(host.HasLease);
    }

    [Fact]
    public async Task Command_ThatOutranItsRegistration_IsObeyedWhenThatComes()
    {
        await using var host = ProbeHost.Create(_probe);
        host.Plane.OnRegister = _ => "nothing";
        host.Agent.OnCommandsReady();
        await host.Advance(TimeSpan.FromMilliseconds(500));

        host.Agent.OnStart(Start(incarnation: 5, "s1"));
        host.Agent.OnStart(Start(incarnation: 6, "s2"));
        Assert.Empty(host.Agent.Held());
        host.Agent.OnRegistered(new WorkerRegistered("w1", "test", 1, 5, 2000, 8000));

        Assert.Equal("s1", Assert.Single(host.Agent.Held()).StreamId);
    }

    [Fact]
    public async Task Command_OfAnotherLife_IsDroppedUnanswered()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var said = host.Plane.Said.Count;

        host.Agent.OnStart(Start(host.Plane.Incarnation - 1, "s1"));
        host.Agent.OnRelease(new ReleaseStreams("w1", host.Plane.Incarnation + 1, [new StreamEpoch("s1", 900)]));

        Assert.Equal(said, host.Plane.Said.Count);
        Assert.Empty(host.Agent.Held());
    }

    [Fact]
    public async Task Holdings_Of450Streams_ComeInThreeParts()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        for (var i = 0; i < 450; i++)
            host.Send($"s{i:000}", kind: null, StreamClass.Unfenced);
        var before = host.All<RegisterWorker>().Count;

        host.Agent.OnRegisterAgain(new RegisterAgain("w1", host.Plane.Incarnation, "asked"));
        await host.Advance(TimeSpan.FromMilliseconds(100));

        var parts = host.All<RegisterWorker>().Skip(before).ToList();
        Assert.Equal([200, 200, 50], parts.Select(part => part.Holdings.Count));
        Assert.All(parts, part => Assert.Equal((2, 3), (part.Attempt, part.Parts)));
        Assert.Equal(450, parts.SelectMany(part => part.Holdings).Select(held => held.StreamId).Distinct().Count());
    }

    [Fact]
    public async Task ReportHoldings_IsAnsweredWithItsQuestion()
    {
        await using var host = await ProbeHost.StartAsync(_probe);
        var epoch = await host.Grant("s1");

        host.Agent.OnReportHoldings(new Contracts.Holdings.ReportHoldings("w1", host.Plane.Incarnation, 77));

        var answer = Assert.Single(host.All<Contracts.Holdings.HoldingsReported>());
        Assert.Equal((77, 1, 1, epoch), (answer.Question, answer.Part, answer.Parts, answer.HighestEpoch));
        Assert.Equal(new Holding("s1", epoch, Stopping: false), Assert.Single(answer.Holdings));
    }

    [Fact]
    public async Task CommandQueue_BackAfterALoss_AsksForItsAssignments_AndTakesTheAnswer()
    {
        await using var host = await ProbeHost.StartAsync(_probe);

        host.Agent.OnCommandsReady();
        var question = Assert.Single(host.All<GetMyAssignments>());
        host.Agent.OnAssignments(new Assignments("w1", question.Incarnation, question.Question, 1, 1, [Grant("s9", 5000)]));

        Assert.Equal("s9", Assert.Single(host.Agent.Held()).StreamId);
    }

    [Fact]
    public async Task Start_WrongOptions_SaysAllThatIsWrong()
    {
        var fault = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => WeirTestHost.StartAsync(services =>
            services.AddWeirWorker(options =>
            {
                (options.WorkerId, options.DrainFor, options.Version) = ("a b", TimeSpan.FromHours(1), "1\0");
                (options.Labels["rack"], options.Labels["zone"]) = ("", new string('z', 65));
            })));

        // A label may be without a value.
        Assert.Equal(6, fault.Failures.Count());
        Assert.Contains("Weir:Worker:WorkerId is 'a b'; give 1 to 64", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Weir:Worker:Capacity is '0'; give a number above 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Weir:Worker:DrainFor is '01:00:00'; give 00:00:00 to 00:05:00", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"Weir:Worker:Labels:zone is '{new string('z', 65)}'; give at most 64 characters and no control character", fault.Message, StringComparison.Ordinal);
        Assert.Contains("give at most 64 characters and no control character", fault.Failures.Single(each => each.Contains(":Version ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("HandleStreams", fault.Message, StringComparison.Ordinal);
    }

    private static StartStreams Start(long incarnation, string stream) => new("w1", incarnation, [Grant(stream, 1000)]);

    private static StreamGrant Grant(string stream, long epoch) => new(stream, epoch, "k", StreamClass.Unfenced, 0);
}
