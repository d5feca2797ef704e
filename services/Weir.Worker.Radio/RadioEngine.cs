using Microsoft.Extensions.Options;
using Weir.Worker.Radio.Listening;
using Weir.Worker.Radio.Plays;

namespace Weir.Worker.Radio;

/// <summary>What all stations of a host share. Made by <see cref="RadioRegistration"/>.</summary>
public sealed class RadioEngine
{
    private readonly Listener _listener;
    private readonly PlayWriter _writer;
    private readonly RadioOptions _options;
    private readonly TimeProvider _clock;

    internal RadioEngine(Listener listener, PlayWriter writer, IOptions<RadioOptions> options, TimeProvider clock) =>
        (_listener, _writer, _options, _clock) = (listener, writer, options.Value, clock);

    internal async Task RunAsync(StreamLease lease, Uri address, CancellationToken stop)
    {
        var mark = await _writer.ClaimAsync(lease, stop);
        var reception = new Reception(new PlayBook(mark, (long)_options.SameWithin.TotalMilliseconds), _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] parts = [_listener.ListenAsync(lease.Stream.Id, address, reception, both.Token), _writer.WriteAsync(lease, reception, both.Token)];
        await Task.WhenAny(parts);
        await both.CancelAsync();
        try
        {
            await Task.WhenAll(parts);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop. The next owner goes on from what is written now.
            await _writer.WriteLastAsync(lease, reception);
        }
    }
}
