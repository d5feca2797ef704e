using Weir.Testing.Network;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Network;

[Unit]
public sealed class LatencyTests
{
    private static readonly Latency Jittery = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(20));

    [Fact]
    public void Draw_SameSeed_DrawsTheSameDelaysWithinTheirRange()
    {
        var one = Draws(seed: 7);
        var again = Draws(seed: 7);

        Assert.Equal(one, again);
        Assert.All(one, d => Assert.InRange(d, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(70)));
        Assert.True(one.Distinct().Count() > 1, "jitter draws different delays");
        Assert.NotEqual(one, Draws(seed: 8));
    }

    [Fact]
    public void Due_LaterChunkDrawsLess_StillComesAfterTheEarlierOne()
    {
        var conditions = new LinkConditions().With(latency: Jittery);
        var random = new Random(3);
        var due = TimeSpan.Zero;

        for (var n = 0; n < 1_000; n++)
        {
            var next = conditions.Due(TimeSpan.FromMilliseconds(n), due, bytes: 10, random);
            Assert.True(next >= due, $"chunk {n} overtook the one before it (seed 3)");
            due = next;
        }
    }

    [Fact]
    public void Due_LimitedRate_IsTheTimeTheBytesTake()
    {
        var conditions = new LinkConditions().With(bytesPerSecond: 1_000);

        var first = conditions.Due(TimeSpan.FromSeconds(1), TimeSpan.Zero, bytes: 500, new Random(1));
        var second = conditions.Due(TimeSpan.FromSeconds(1), first, bytes: 500, new Random(1));

        Assert.Equal(TimeSpan.FromSeconds(1.5), first);
        Assert.Equal(TimeSpan.FromSeconds(2), second);
    }

    private static IReadOnlyList<TimeSpan> Draws(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 20).Select(_ => Jittery.Draw(random))];
    }
}
