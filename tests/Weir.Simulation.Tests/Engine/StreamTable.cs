using Weir.Core.Assignments;
using Weir.Core.Identity;

namespace Weir.Simulation.Tests.Engine;

/// <summary>The streams of a run: their names, classes and local modes, by index.</summary>
internal sealed class StreamTable
{
    private readonly Dictionary<StreamId, int> _index = [];

    internal StreamTable(Shape shape, Rng rng)
    {
        Ids = new StreamId[shape.Streams];
        Classes = new StreamClass[shape.Streams];
        LocalModes = new TimeSpan[shape.Streams];
        for (var stream = 0; stream < shape.Streams; stream++)
        {
            Ids[stream] = StreamId.Parse($"s{stream}");
            _index.Add(Ids[stream], stream);
            Classes[stream] = rng.Below(1000) < shape.FencedPerThousand ? StreamClass.Fenced : StreamClass.Unfenced;
            if (rng.Below(1000) < shape.LocalModePerThousand)
                LocalModes[stream] = TimeSpan.FromSeconds(Classes[stream] == StreamClass.Fenced ? 60 + rng.Below(240) : 4 + rng.Below(16));
        }
        LocalModeLongest = LocalModes.Length == 0 ? TimeSpan.Zero : LocalModes.Max();
        foreach (var stream in Enumerable.Range(0, Count).Where(s => Classes[s] == StreamClass.Unfenced))
            LocalModeUnfenced = LocalModes[stream] > LocalModeUnfenced ? LocalModes[stream] : LocalModeUnfenced;
    }

    internal int Count => Ids.Length;

    internal StreamId[] Ids { get; }

    internal StreamClass[] Classes { get; }

    internal TimeSpan[] LocalModes { get; }

    internal TimeSpan LocalModeLongest { get; }

    internal TimeSpan LocalModeUnfenced { get; }

    internal int IndexOf(StreamId id) => _index[id];
}
