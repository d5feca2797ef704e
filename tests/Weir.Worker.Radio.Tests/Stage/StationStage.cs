using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Testing.Waiting;
using Weir.Worker.Radio.Http;
using Weir.Worker.Radio.Listening;
using Weir.Worker.Radio.Plays;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Tests.Stage;

/// <summary>A hostile server and a listener on the test's clock, without a worker round it.</summary>
internal sealed class StationStage : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly StationHttp _http;
    private readonly Listener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _listening = [];

    internal StationStage(Action<RadioOptions>? change = null)
    {
        change?.Invoke(Options);
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        _http = new StationHttp(options, new AddressGuard(options, Dns.GetHostAddressesAsync));
        Tuner = new Tuner(_http);
        _listener = new Listener(Tuner, options, Clock, () => 1, NullLogger<Listener>.Instance);
    }

    internal HostileServer Server { get; } = new();

    internal FakeTimeProvider Clock { get; } = new();

    internal RadioOptions Options { get; } = new() { AllowPrivateAddresses = true };

    internal Tuner Tuner { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Tunes in once and gives the fault that this ends with.</summary>
    internal async Task<TuningException> FaultAsync(Uri address)
    {
        using var bound = Patience.Limit(Bound, Cancel);
        return await Assert.ThrowsAsync<TuningException>(async () => (await Tuner.TuneAsync(address, bound.Token)).Dispose());
    }

    internal Reception Listen(Uri address)
    {
        var reception = new Reception(new PlayBook(null, (long)Options.SameWithin.TotalMilliseconds), Clock);
        _listening.Add(_listener.ListenAsync("s1", address, reception, _stop.Token));
        return reception;
    }

    /// <summary>Moves the clock on until it is so.</summary>
    internal Task UntilAsync(string what, Func<bool> isSo, double secondsALook = 1) => Eventually.TrueAsync(
        what,
        _ =>
        {
            var so = isSo();
            if (!so)
                Clock.Advance(TimeSpan.FromSeconds(secondsALook));
            return Task.FromResult(so);
        },
        Bound,
        Cancel);

    /// <summary>Waits without moving the clock.</summary>
    internal Task SoonAsync(string what, Func<bool> isSo) => Eventually.TrueAsync(what, _ => Task.FromResult(isSo()), Bound, Cancel);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var one in _listening)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.WaitAsync(Patience.Scale(Bound), CancellationToken.None));
        await Server.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }
}
