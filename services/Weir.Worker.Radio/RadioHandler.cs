namespace Weir.Worker.Radio;

/// <summary>
/// Listens to one station and writes what it plays to the table <c>plays</c>. Declare its streams Fenced, with a
/// <see cref="RadioDefinition"/>. A station that is away, stalls or sends no sound is tried again for ever; only a definition that
/// nothing can be made of ends the handler.
/// </summary>
/// <remarks>Made by the host; see <see cref="RadioRegistration"/>.</remarks>
/// <param name="engine">Shared by all streams of the host.</param>
public sealed class RadioHandler(RadioEngine engine) : IStreamHandler
{
    /// <summary>The kind of stream it runs: <c>radio</c>.</summary>
    public const string Kind = "radio";

    /// <inheritdoc/>
    /// <exception cref="FormatException">The stream's definition names no address that can be listened to.</exception>
    public Task RunAsync(StreamLease lease, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return engine.RunAsync(lease, RadioDefinition.AddressOf(lease.Stream), stop);
    }
}
