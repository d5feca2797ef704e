using Weir.Diagnostics.Api;
using Weir.Diagnostics.Explaining;
using Weir.Testing.Traits;

namespace Weir.Diagnostics.Tests;

/// <summary>A stream that does not get beyond its start is told from the others.</summary>
[Unit]
public sealed class UnstartedTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Starting_When_Fenced_Then_the_claim_it_waits_for_is_named()
    {
        var (reason, words) = WhyHere.Of(Told("fenced", "starting", "w1", epoch: 7, Owner("w1", 7)));

        Assert.Equal("placed", reason);
        Assert.Contains("w1 is to start it and has not said that it runs under epoch 7", words, StringComparison.Ordinal);
        Assert.Contains("counts as started when its handler has claimed its sink (StreamLease.ClaimAsync)", words, StringComparison.Ordinal);
        Assert.Contains("the log of w1", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Before that", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Starting_When_it_was_taken_back_unstarted_before_Then_it_is_counted_up_to_the_owner_that_ran_it()
    {
        var (reason, words) = WhyHere.Of(Told(
            "fenced", "starting", "w1", epoch: 9, Owner("w1", 9), Owner("w2", 8, end: "released"), Owner("w1", 7, end: "released"), Owner("w3", 6, ran: true, end: "released"), Owner("w3", 5, end: "released")));

        Assert.Equal("notStarted", reason);
        Assert.Contains("it was given out 2 times and each time taken back unstarted, from w2 last", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("releasing", "w1")]
    [InlineData("unowned", null)]
    public void Between_two_starts_When_it_never_ran_Then_it_is_said_too(string ownership, string? worker)
    {
        var (reason, words) = WhyHere.Of(Told("fenced", ownership, worker, epoch: 8, Owner("w1", 8, end: worker is null ? "released" : null), Owner("w2", 7, end: "released")));

        Assert.Equal("notStarted", reason);
        Assert.Contains("declare the stream Unfenced", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Others_When_they_are_explained_Then_no_claim_is_spoken_of()
    {
        Explanation[] others =
        [
            Told("unfenced", "starting", "w1", epoch: 7, Owner("w1", 7), Owner("w1", 6, end: "released")),
            Told("fenced", "owned", "w1", epoch: 7, Owner("w1", 7, ran: true), Owner("w2", 6, end: "released")),
            Told("fenced", "releasing", "w1", epoch: 7, Owner("w1", 7, ran: true)),
            Told("fenced", "unowned", null, epoch: 7, Owner("w1", 7, ran: true, end: "released")),
            Told("fenced", "unowned", null, epoch: 7, Owner("w1", 7, end: "failed")),
            Told("fenced", "unowned", null, epoch: 0),
        ];

        Assert.All(others, other => Assert.DoesNotContain("claim", WhyHere.Of(other).Words, StringComparison.Ordinal));
    }

    private static Explanation Told(string streamClass, string ownership, string? worker, long epoch, params OwnerEntry[] owners)
    {
        var stream = new StreamDetail
        {
            Id = "s1",
            Pool = "default",
            Kind = "k",
            State = ownership == "owned" ? StreamState.Running : worker is null ? StreamState.Unowned : StreamState.Starting,
            Worker = worker,
            Epoch = epoch,
            Weight = 1,
            Class = streamClass,
            Labels = new Dictionary<string, string>(),
            Incarnation = 1,
            Ownership = ownership,
            UnownedBecause = worker is null ? "released" : null,
            LocalModeMs = 0,
            DeclaredAt = Then,
            Failures = 0,
        };
        return new Explanation(stream, owners, Moves: [], Plan: null, Worker: null);
    }

    private static OwnerEntry Owner(string worker, long epoch, bool ran = false, string? end = null) =>
        new(worker, 1, epoch, From: null, OwnerHistory.Placed, Then, ran ? Then : null, end is null ? null : Then, end, Plan: null);
}
