using System.Net;
using System.Net.Sockets;
using Weir.Testing.Network;
using Weir.Testing.Traits;

namespace Weir.Testing.Tests.Network;

[Integration]
public sealed class PortReservationTests
{
    [Fact]
    public void Take_ManyAtOnce_NeverGivesOnePortTwiceNorOneOfTheKernelsRange()
    {
        var taken = new PortReservation[64];
        Parallel.For(0, taken.Length, n => taken[n] = PortReservation.Take());

        Assert.Equal(taken.Length, taken.Select(t => t.Port).Distinct().Count());
        Assert.All(taken, t => Assert.InRange(t.Port, 20_000, 31_999));
        foreach (var one in taken) one.Dispose();
    }

    [Fact]
    public void Take_ServerListensAndDies_PortCanBeListenedOnAgain()
    {
        using var reservation = PortReservation.Take();
        for (var life = 0; life < 2; life++)
        {
            using var server = new TcpListener(IPAddress.Loopback, reservation.Port);
            server.Start();
        }
    }
}
