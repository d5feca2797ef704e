using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Weir.Cli.Relaying;

/// <summary>
/// `weir relay`: lets a container's published port reach the API, which listens on loopback alone. Whoever can reach the relay can read
/// what the API shows; so the port must be published on 127.0.0.1 of the machine, as compose does. Changes need the key all the same.
/// </summary>
internal static class RelayVerb
{
    private const int AtOnce = 256;
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(5);

    internal static Command Build(Terminal terminal)
    {
        var listen = new Option<string>("--listen") { Description = "Where connections come from", HelpName = "0.0.0.0:8089", Required = true };
        var to = new Option<string>("--to") { Description = "Where they go, on loopback", HelpName = "127.0.0.1:8088", DefaultValueFactory = _ => "127.0.0.1:8088" };
        var verb = new Command("relay", "weir relay --listen 0.0.0.0:8089\n\n  Passes connections on to the API in the same container") { listen, to };
        verb.Hidden = true;
        verb.SetAction((given, cancel) => UntilAskedAsync(stop => RunAsync(terminal, Address("--listen", given.GetValue(listen)!), Address("--to", given.GetValue(to)!), stop), cancel));
        return verb;
    }

    // The library listens for signals only once the verb has begun: a container that is stopped in that moment would say it was killed.
    private static async Task<int> UntilAskedAsync(Func<CancellationToken, Task<int>> run, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var asked = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        return await run(stop.Token);
    }

    internal static async Task<int> RunAsync(Terminal terminal, IPEndPoint listen, IPEndPoint to, CancellationToken cancel)
    {
        if (!IPAddress.IsLoopback(to.Address))
            throw new InputException("--to", $"{to}", "an address on loopback: this passes on to its own container alone");
        using var listener = new TcpListener(listen);
        using var room = new SemaphoreSlim(AtOnce);
        Listen(listener, listen);
        terminal.Words.WriteLine($"Passing {listener.LocalEndpoint} on to {to}, {AtOnce} connections at most.");
        try
        {
            while (true)
            {
                await room.WaitAsync(cancel);
                _ = PassAsync(terminal, await listener.AcceptTcpClientAsync(cancel), to, room, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Ok;
        }
    }

    private static void Listen(TcpListener listener, IPEndPoint address)
    {
        try
        {
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new IOException($"--listen {address} cannot be had: {taken.Message}. Another program may have it: end that one, or listen at another port.", taken);
        }
    }

    private static async Task PassAsync(Terminal terminal, TcpClient caller, IPEndPoint to, SemaphoreSlim room, CancellationToken cancel)
    {
        try
        {
            using (caller)
            using (var called = new TcpClient())
            {
                using (var bound = new CancellationTokenSource(ConnectMax, terminal.Clock))
                using (var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancel))
                    await called.ConnectAsync(to, either.Token);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                var (there, back) = (caller.GetStream().CopyToAsync(called.GetStream(), ended.Token), called.GetStream().CopyToAsync(caller.GetStream(), ended.Token));
                // A caller may say its last word first and then listen; the called one's last word ends it.
                if (await Task.WhenAny(there, back) == there && there.IsCompletedSuccessfully)
                {
                    called.Client.Shutdown(SocketShutdown.Send);
                    await back;
                }

                await ended.CancelAsync();
            }
        }
        catch (Exception lost) when (lost is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            if (!cancel.IsCancellationRequested && lost is SocketException) terminal.Words.WriteLine($"{to} did not take a connection: {lost.Message}");
        }
        finally
        {
            room.Release();
        }
    }

    private static IPEndPoint Address(string option, string text) =>
        IPEndPoint.TryParse(text, out var address) && address.Port > 0 ? address : throw new InputException(option, $"'{text}'", "an address with a port, such as 127.0.0.1:8088");
}
