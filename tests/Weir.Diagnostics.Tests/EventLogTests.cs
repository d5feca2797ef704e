using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weir.Diagnostics.Events;
using Weir.Testing.Traits;

namespace Weir.Diagnostics.Tests;

/// <summary>What a listener that comes back is told, and what becomes of one that is slow.</summary>
[Unit]
public sealed class EventLogTests
{
    private readonly EventLog _log = New(kept: 3, waiting: 2);

    [Fact]
    public void Listener_When_it_comes_back_by_its_last_id_Then_it_is_told_what_it_missed()
    {
        Add(1, 2, 3);

        Assert.Equal(["WorkerJoined p.0.2", "WorkerJoined p.0.3"], Missed("p.0.1"));
        Assert.Empty(Missed("p.0.3"));
        Assert.Empty(Missed(null));
    }

    [Fact]
    public void Listener_When_memory_does_not_reach_back_Then_it_is_told_of_a_gap()
    {
        Add(1, 2, 3, 4, 5);

        Assert.Equal(["WorkerJoined p.0.3", "WorkerJoined p.0.4", "WorkerJoined p.0.5"], Missed("p.0.2"));
        Assert.Equal(["gap p.0.5"], Missed("p.0.1"));
    }

    [Theory]
    [InlineData("q.0.1")]
    [InlineData("p.1.1")]
    [InlineData("p.0.9")]
    [InlineData("p.0.-1")]
    [InlineData("nonsense")]
    [InlineData("p.0.99999999999999999999")]
    public void Listener_When_its_id_is_not_of_this_life_Then_it_is_told_of_a_gap(string id)
    {
        Add(1, 2);

        Assert.Equal(["gap p.0.2"], Missed(id));
    }

    [Fact]
    public void Listener_When_facts_may_have_been_missed_Then_all_are_told_of_a_gap_and_old_ids_are_no_good()
    {
        Add(1);
        var listener = _log.Listen(null)!;

        _log.Break();
        Add(1);

        Assert.True(listener.Coming.TryRead(out var gap));
        Assert.True(listener.Coming.TryRead(out var next));
        Assert.Equal(["gap p.1.0", "WorkerJoined p.1.1"], [Told(gap), Told(next)]);
        Assert.Equal(["gap p.1.1"], Missed("p.0.1"));
        Assert.Equal(["WorkerJoined p.1.1"], Missed("p.1.0"));
    }

    [Fact]
    public async Task Listener_When_it_is_slow_Then_it_alone_is_let_go_and_misses_nothing_by_its_last_id()
    {
        var (slow, quick) = (_log.Listen(null)!, _log.Listen(null)!);
        for (var number = 1; number <= 3; number++)
        {
            Add(number);
            Assert.True(quick.Coming.TryRead(out _));
        }

        var heard = new List<string>();
        await foreach (var line in slow.Coming.ReadAllAsync(TestContext.Current.CancellationToken)) heard.Add(Told(line));

        Assert.Equal(["WorkerJoined p.0.1", "WorkerJoined p.0.2"], heard);
        Assert.Equal(["WorkerJoined p.0.3"], Missed("p.0.2"));
        Add(4);
        Assert.True(quick.Coming.TryRead(out _));
    }

    [Fact]
    public void Memory_When_facts_are_large_Then_it_is_bounded_by_their_bytes()
    {
        var log = New(kept: 100, waiting: 2);
        for (var number = 1; number <= 10; number++) log.Add("WorkerJoined", "default", JsonSerializer.SerializeToElement(new string('x', 10_000)));

        Assert.Equal(6, log.Listen("p.0.4")!.Missed.Count);
        Assert.Contains("gap", Told(Assert.Single(log.Listen("p.0.3")!.Missed)), StringComparison.Ordinal);
    }

    [Fact]
    public void Listener_When_there_are_too_many_Then_the_next_is_refused_until_one_leaves()
    {
        var first = _log.Listen(null)!;
        Assert.NotNull(_log.Listen(null));
        Assert.Null(_log.Listen(null));

        _log.Leave(first);

        Assert.NotNull(_log.Listen(null));
    }

    private static EventLog New(int kept, int waiting) => new(
        new DiagnosticsProcess("p"),
        Options.Create(new DiagnosticsOptions { EventsKept = kept, EventBytesKept = 65_536, EventsWaiting = waiting, EventClients = 2 }),
        TimeProvider.System,
        NullLogger<EventLog>.Instance);

    private void Add(params int[] numbers)
    {
        foreach (var number in numbers) _log.Add("WorkerJoined", "default", JsonSerializer.SerializeToElement(number));
    }

    private List<string> Missed(string? after)
    {
        var listener = _log.Listen(after)!;
        _log.Leave(listener);
        return [.. listener.Missed.Select(Told)];
    }

    private static string Told(EventLine? line)
    {
        var lines = Encoding.UTF8.GetString(line!.Bytes.Span).Split('\n');
        return $"{lines[1]["event: ".Length..]} {lines[0]["id: ".Length..]}";
    }
}
