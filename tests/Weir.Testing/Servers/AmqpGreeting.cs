using System.Net.Sockets;

namespace Weir.Testing.Servers;

/// <summary>The first words of AMQP. A bare connection proves nothing: a container's port is open before its broker is.</summary>
internal static class AmqpGreeting
{
    private const byte MethodFrame = 1;
    private static readonly byte[] Header = [.. "AMQP"u8, 0, 0, 9, 1];

    /// <summary>Returns once the broker has sent Connection.Start.</summary>
    /// <exception cref="IOException">Something else answered, or the connection broke.</exception>
    public static async Task ExchangeAsync(BrokerAddress address, CancellationToken cancel)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Amqp.Host, address.Amqp.Port > 0 ? address.Amqp.Port : 5672, cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Header, cancel);
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer, cancel);
        if (answer[0] != MethodFrame) throw new IOException($"{address.Amqp.Authority} answers, but is no AMQP 0-9-1 broker.");
    }
}
