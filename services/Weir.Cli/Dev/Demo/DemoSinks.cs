using System.Collections.Concurrent;
using Weir.Worker;
using Weir.Worker.Sinks;

namespace Weir.Cli.Dev.Demo;

/// <summary>The fences of simulated stations: in this process where all workers are in it, in files of this machine where they are processes.</summary>
/// <param name="folder">Where the files are; null for in this process.</param>
/// <param name="clock">For waits on a file that another holds.</param>
internal sealed class DemoSinks(string? folder, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, IFencedSink<long>> _sinks = new(StringComparer.Ordinal);

    internal IFencedSink<long> Of(string stream) => _sinks.GetOrAdd(stream, Make);

    // A stream's name may hold what a file's may not.
    private IFencedSink<long> Make(string stream) =>
        folder is null ? new DemoSink() : new FencedFile(Path.Combine(folder, Uri.EscapeDataString(stream)), clock);
}
