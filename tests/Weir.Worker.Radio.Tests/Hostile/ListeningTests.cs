using Weir.Testing.Traits;
using Weir.Worker.Radio.Tests.Stage;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Tests.Hostile;

/// <summary>What happens after the first sound: titles, silence, drips and floods.</summary>
[Integration]
[Slow]
public sealed class ListeningTests : IAsyncLifetime
{
    private readonly StationStage _stage = new();

    private HostileServer Server => _stage.Server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Listen_Titles_AreHeardInTheirOrder()
    {
        var second = new TaskCompletionSource();
        var reception = _stage.Listen(Server.Answers("/live", async (to, cancel) =>
        {
            await Server.SayAsync(to, Sound.Titled, cancel);
            await Server.SendAsync(to, Sound.With("One", ""), cancel);
            await second.Task.WaitAsync(cancel);
            await Server.SendAsync(to, Sound.With("Two"), cancel);
            await HostileServer.HangAsync(to, cancel);
        }));

        await _stage.SoonAsync("the first title", () => reception.Look().Title == "One");
        _stage.Clock.Advance(TimeSpan.FromSeconds(3));
        second.SetResult();
        await _stage.SoonAsync("the second title", () => reception.Look().Title == "Two");

        var plays = reception.Look().Page.Plays;
        Assert.Equal(["One", "Two"], plays.Select(play => play.Title));
        Assert.Equal(plays[0].EndedMs, plays[1].BeganMs);
        Assert.Null(reception.Away);
    }

    [Fact]
    public async Task Listen_SoundWithoutATitle_IsAPlayWithoutOneAfterTwoSeconds()
    {
        var reception = _stage.Listen(Server.Answers("/live", async (to, cancel) =>
        {
            await Server.SayAsync(to, "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nicy-metaint: 2000000000\r\n\r\n", cancel);
            while (true)
            {
                await Server.SendAsync(to, Sound.Second, cancel);
                await HostileServer.PaceAsync(20, cancel);
            }
        }));

        await _stage.SoonAsync("sound", () => reception.Bytes > 0);
        Assert.Null(reception.Look().Title);
        await _stage.UntilAsync("a play", () => reception.Look().Title == "");
    }

    [Fact]
    public async Task Listen_StationFallsSilent_IsStalledAndTunedInAnew()
    {
        var reception = _stage.Listen(Server.Answers("/live", async (to, cancel) =>
        {
            await Server.SayAsync(to, Sound.Titled, cancel);
            await Server.SendAsync(to, Sound.With($"Try {Server.Asked("/live")}"), cancel);
            await HostileServer.HangAsync(to, cancel);
        }));

        await _stage.SoonAsync("sound", () => reception.Look().Title == "Try 1");
        await _stage.UntilAsync("the stall", () => reception.LastFault == TuningFault.Stalled);
        await _stage.UntilAsync("the second try", () => reception.Look().Title == "Try 2", 0.2);
    }

    [Fact]
    public async Task Listen_StationEndsAndIsAway_IsTriedAgainLessAndLessOften()
    {
        var reception = _stage.Listen(Server.Says("/live", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));

        await _stage.UntilAsync("six tries", () => Server.Asked("/live") == 6);

        // After 0.5, 1, 2, 4 and 8 s.
        var took = _stage.Clock.GetUtcNow() - _stage.Clock.Start;
        Assert.True(took >= TimeSpan.FromSeconds(15.5), $"{took}");
        Assert.Contains("404", reception.Away, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_StationEndsTheConnection_IsTunedInAnew()
    {
        var reception = _stage.Listen(Server.Answers("/live", async (to, cancel) =>
        {
            await Server.SayAsync(to, Sound.Titled, cancel);
            await Server.SendAsync(to, Sound.With($"Try {Server.Asked("/live")}"), cancel);
        }));

        await _stage.SoonAsync("the end", () => reception.LastFault == TuningFault.Ended);
        await _stage.UntilAsync("the second try", () => Server.Asked("/live") == 2, 0.2);
    }

    [Fact]
    public async Task Listen_MoreStationsOfOneServerThanItMayHave_WaitTheirTurnAndFailInTime()
    {
        await using var stage = new StationStage(options => options.ConnectionsPerServer = 1);
        stage.Server.Answers("*", async (to, cancel) =>
        {
            await stage.Server.SayAsync(to, Sound.Plain, cancel);
            while (true)
            {
                await stage.Server.SendAsync(to, Sound.Second, cancel);
                await HostileServer.PaceAsync(20, cancel);
            }
        });
        var first = stage.Listen(stage.Server.At("/one"));
        await stage.SoonAsync("the first", () => first.Bytes > 0);

        var second = stage.Listen(stage.Server.At("/two"));
        await stage.UntilAsync("the second to be given up", () => second.LastFault == TuningFault.TooLate, 0.5);

        Assert.Equal((1, 0), (stage.Server.Asked("/one"), stage.Server.Asked("/two")));
        Assert.Null(first.LastFault);
    }

    [Fact]
    public async Task Listen_HeadersDrip_AreGivenUpInTime()
    {
        var reception = _stage.Listen(Server.Answers("/x", async (to, cancel) =>
        {
            foreach (var one in "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n")
                await Server.SayAsync(to, $"{one}", cancel);
            await HostileServer.HangAsync(to, cancel);
        }));

        await _stage.UntilAsync("the end of patience", () => reception.LastFault == TuningFault.TooLate, 2);
    }

    [Fact]
    public async Task Listen_AnswersOnTheWayWithoutEnd_AreGivenUpInTime()
    {
        var reception = _stage.Listen(Server.Answers("/x", async (to, cancel) =>
        {
            while (true)
            {
                await Server.SayAsync(to, "HTTP/1.1 103 Early Hints\r\n\r\n", cancel);
                await HostileServer.PaceAsync(10, cancel);
            }
        }));

        await _stage.UntilAsync("the end of patience", () => reception.LastFault == TuningFault.TooLate, 2);
    }

    [Fact]
    public async Task Listen_SoundDrips_IsAStall_AndTheConnectionIsGivenBack()
    {
        var closed = new TaskCompletionSource();
        var reception = _stage.Listen(Server.Answers("/x", async (to, cancel) =>
        {
            await Server.SayAsync(to, Sound.Plain, cancel);
            await Server.SendAsync(to, Sound.Second.AsMemory(0, 512), cancel);
            try
            {
                while (true)
                {
                    await Server.SayAsync(to, "\u00ff", cancel);
                    await HostileServer.PaceAsync(5, cancel);
                }
            }
            finally
            {
                closed.TrySetResult();
            }
        }));

        await _stage.SoonAsync("sound", () => reception.Bytes > 512);
        // A second passes only when something was heard in it: else it would be silence, which is another fault.
        var heard = 0L;
        await _stage.SoonAsync("the stall", () =>
        {
            if (reception.Bytes > heard) _stage.Clock.Advance(TimeSpan.FromSeconds(1));
            heard = reception.Bytes;
            return reception.LastFault == TuningFault.Stalled;
        });
        Assert.Contains("bytes a second", reception.Away, StringComparison.Ordinal);
        await _stage.SoonAsync("the connection to be closed", () => closed.Task.IsCompleted);
    }

    [Fact]
    public async Task Listen_Flood_IsReadNoFasterThanAllowed()
    {
        var reception = _stage.Listen(Server.Answers("/x", async (to, cancel) =>
        {
            await Server.SayAsync(to, Sound.Plain, cancel);
            var much = new byte[1_000_000];
            Sound.Second.CopyTo(much, 0);
            while (true)
                await Server.SendAsync(to, much, cancel);
        }));

        // The clock stands still, so no more than the first second's share may be read, however long it is waited for.
        await _stage.SoonAsync("the first second", () => reception.Bytes >= _stage.Options.MostBytesPerSecond);
        Assert.InRange(reception.Bytes, 500_000, 520_000);
        _stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await _stage.SoonAsync("the second", () => reception.Bytes >= 1_000_000);
        Assert.InRange(reception.Bytes, 1_000_000, 1_040_000);
    }

    [Fact]
    public async Task Listen_GigabyteOfTitles_TakesNoMoreThanABlock()
    {
        var block = new byte[255 * 16];
        Array.Fill(block, (byte)'x');
        "StreamTitle='"u8.CopyTo(block);
        var reception = _stage.Listen(Server.Answers("/x", async (to, cancel) =>
        {
            await Server.SayAsync(to, "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nicy-metaint: 1\r\n\r\n", cancel);
            while (true)
                await Server.SendAsync(to, (byte[])[0xFF, 255, .. block], cancel);
        }));
        await _stage.SoonAsync("sound", () => reception.Bytes > 100_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await _stage.UntilAsync("twenty megabytes", () => reception.Bytes > 20_000_000);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8_000_000);
        Assert.InRange(reception.Look().Page.Plays.Count, 1, 2);
    }

    [Fact]
    public async Task Listen_AllPoisonAtOnce_AGoodStationIsHeardOn()
    {
        var good = _stage.Listen(Server.Answers("/good", async (to, cancel) =>
        {
            await Server.SayAsync(to, Sound.Titled, cancel);
            for (var number = 1; ; number++)
            {
                await Server.SendAsync(to, Sound.With($"Song {number}"), cancel);
                await HostileServer.PaceAsync(20, cancel);
            }
        }));
        Poison();
        var poisoned = Enumerable.Range(0, 60).Select(number => _stage.Listen(Server.At($"/{(number % 5) switch { 0 => "flood", 1 => "headers", 2 => "hang", 3 => "loop", _ => "bomb" }}"))).ToList();

        await _stage.UntilAsync("each poisonous station to have had its say", () => poisoned.All(one => one.Bytes > 0 || one.LastFault is not null), 0.5);
        var heard = good.Bytes;
        await _stage.SoonAsync("the good station to go on", () => good.Bytes > heard + 20_000);

        Assert.Null(good.LastFault);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 100_000_000);
    }

    private void Poison()
    {
        var much = new byte[100_000];
        Sound.Second.CopyTo(much, 0);
        Server.Says("/loop", "HTTP/1.1 302 Found\r\nLocation: /loop\r\n\r\n");
        Server.Answers("/hang", HostileServer.HangAsync);
        Server.Says("/bomb", "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b");
        Server.Answers("/headers", async (to, cancel) =>
        {
            await Server.SayAsync(to, "HTTP/1.1 200 OK\r\n", cancel);
            while (true)
                await Server.SayAsync(to, $"X: {new string('x', 1_000)}\r\n", cancel);
        });
        Server.Answers("/flood", async (to, cancel) =>
        {
            await Server.SayAsync(to, Sound.Plain, cancel);
            while (true)
                await Server.SendAsync(to, much, cancel);
        });
    }
}
