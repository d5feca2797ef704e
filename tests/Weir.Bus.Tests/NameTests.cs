using System.Text.RegularExpressions;
using Weir.Bus.Names;
using Weir.Testing.Traits;

namespace Weir.Bus.Tests;

[Unit]
public sealed class NameTests
{
    [Fact]
    public void Names_AreThoseOfTheDesign()
    {
        var worker = new WorkerIdentity("w-1", "7f3a");

        Assert.Equal("weir.registry.beats", BrokerNames.ServiceQueue("registry", "beats"));
        Assert.Equal("weir.registry.beats_error", BrokerNames.ErrorQueue("weir.registry.beats"));
        Assert.Equal("registry@host1#42", BrokerNames.Connection("registry", "host1", 42));
        Assert.Equal("weir.w.w-1.7f3a", worker.Queue);
        Assert.Equal("weir.w.w-1.7f3a.beat", worker.BeatQueue);
        Assert.Equal("weir.w.w-1.out", BrokerNames.WorkerOut("w-1"));
        Assert.Equal("register beats lifecycle reports holdings answers", string.Join(' ', WorkerDoor.All.Select(door => door.Key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a*")]
    public void WorkerIdThatCouldReachAnother_IsRefused(string id)
    {
        Assert.Throws<ArgumentException>(() => new WorkerIdentity(id, "1"));
        Assert.Throws<ArgumentException>(() => new WorkerIdentity("w1", id));
        Assert.Throws<ArgumentException>(() => BrokerNames.WorkerRights(id));
    }

    [Fact]
    public void Rights_CoverOnesOwnNamesAndNoOthers()
    {
        var rights = new Regex(BrokerNames.WorkerRights("w1"), RegexOptions.None, TimeSpan.FromSeconds(1));
        var own = new WorkerIdentity("w1", "p");

        Assert.All([own.Queue, own.BeatQueue, BrokerNames.WorkerOut("w1"), own.Queue + ".bus"], name => Assert.Matches(rights, name));
        Assert.All(["weir.w.w2.p", "weir.w.w10.out", "weir.w.w1x", "weir.registry.beats", "weir.events", "amq.default", ""], name => Assert.DoesNotMatch(rights, name));
    }
}
