using Weir.Outbox.Lanes;
using Weir.Testing.Traits;

namespace Weir.Outbox.Tests.Parts;

[Unit]
public sealed class LaneIdsTests
{
    // Rows of an older version refer to these ids: they may never change.
    [Fact]
    public void Ids_ArePinned() => Assert.Equal(
        "LaneIds { Waiting = ecca9ae6-1798-9842-cc76-7fdf4f0fab13, Delayed = 3299d2e2-aeb7-6590-3e10-2d5a5a9ff5dc, SetAside = 05fdd7a0-785c-e120-1f9a-38f529c83bcd, LockKey = 1978796416518006677 }", $"{LaneIds.Of("registry")}");

    [Fact]
    public void Lanes_ShareNothing()
    {
        var (one, other) = (LaneIds.Of("registry"), LaneIds.Of("orchestrator"));
        Guid[] ids = [one.Waiting, one.Delayed, one.SetAside, other.Waiting, other.Delayed, other.SetAside];

        Assert.Equal(6, ids.Distinct().Count());
        Assert.NotEqual(one.LockKey, other.LockKey);
    }
}
