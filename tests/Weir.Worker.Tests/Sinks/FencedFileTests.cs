using System.Text;
using Weir.Testing.Traits;
using Weir.Worker.Sinks;

namespace Weir.Worker.Tests.Sinks;

[Unit]
public sealed class FencedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-file-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "s1.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OldEpoch_IsRefused_AfterANewerClaim()
    {
        var (old, fresh) = (Sink(), Sink());
        Assert.Equal(0, await old.ClaimAsync("s1", 1, Cancel));
        Assert.True(await old.TryAppendAsync(1, "a"u8.ToArray(), Cancel));

        Assert.Equal(1, await fresh.ClaimAsync("s1", 2, Cancel));

        Assert.False(await old.TryAppendAsync(1, "b"u8.ToArray(), Cancel));
        await Assert.ThrowsAsync<LeaseLostException>(() => old.ClaimAsync("s1", 1, Cancel));
        Assert.True(await fresh.TryAppendAsync(2, "c"u8.ToArray(), Cancel));
        Assert.Equal("ac", await System.IO.File.ReadAllTextAsync(File, Cancel));
    }

    [Fact]
    public async Task TornAppend_IsCutOffAtTheNextClaim()
    {
        var sink = Sink();
        await sink.ClaimAsync("s1", 1, Cancel);
        await sink.TryAppendAsync(1, "whole"u8.ToArray(), Cancel);
        await System.IO.File.AppendAllTextAsync(File, "tor", Cancel);

        Assert.Equal(5, await Sink().ClaimAsync("s1", 2, Cancel));
        Assert.Equal("whole", await System.IO.File.ReadAllTextAsync(File, Cancel));
    }

    [Fact]
    public async Task RacingClaims_NoWriteOfAnOlderEpochFollowsOneOfANewer()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(racer => Task.Run(async () =>
        {
            // However slow the disk is, no racer gives up.
            var sink = new FencedFile(File, new StandingClock());
            for (var round = 0; round < 10; round++)
            {
                var epoch = 1 + (round * 4) + racer;
                try
                {
                    await sink.ClaimAsync("s1", epoch, Cancel);
                    for (var i = 0; i < 3; i++)
                        await sink.TryAppendAsync(epoch, Encoding.ASCII.GetBytes($"{epoch}\n"), Cancel);
                }
                catch (LeaseLostException)
                {
                    continue; // another racer was ahead
                }
            }
        })));

        var epochs = (await System.IO.File.ReadAllLinesAsync(File, Cancel)).Select(int.Parse).ToList();
        Assert.NotEmpty(epochs);
        Assert.Equal(epochs.Order(), epochs);
    }

    /// <summary>No time passes on it; its timers are real.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    private FencedFile Sink() => new(File, TimeProvider.System);
}
