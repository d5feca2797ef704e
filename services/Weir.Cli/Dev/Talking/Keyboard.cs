using System.Threading.Channels;

namespace Weir.Cli.Dev.Talking;

/// <summary>
/// Reads orders: keys where a person types, lines where a program does. On a thread of its own, for a read cannot be called off; it
/// ends with the process. Orders that nobody takes are dropped after a few: a key held down must not play on for minutes.
/// </summary>
internal sealed class Keyboard
{
    private const int WaitingMax = 8;

    private readonly Channel<Order> _orders = Channel.CreateBounded<Order>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite });

    internal ChannelReader<Order> Orders => _orders.Reader;

    internal void Start(bool isPerson, TextReader lines)
    {
        var thread = new Thread(() => Read(isPerson, lines)) { Name = "keyboard", IsBackground = true };
        thread.Start();
    }

    internal void Give(Order order) => _orders.Writer.TryWrite(order);

    private void Read(bool isPerson, TextReader lines)
    {
        try
        {
            while (true)
            {
                if (isPerson)
                    Take(Order.KindOf(Console.ReadKey(intercept: true).KeyChar) is { } kind ? new Order(kind) : null);
                else if (lines.ReadLine() is { } line)
                    Take(Order.Parse(line));
                else
                    return; // nobody will say anything any more; signals still end the run
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or ObjectDisposedException)
        {
            // The terminal went away: the hang-up signal says so too.
        }
    }

    private void Take(Order? order)
    {
        if (order is not null)
            Give(order);
    }
}
