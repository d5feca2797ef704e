using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Fleet;

/// <summary>
/// What streams write to: a position a stream. For a Fenced stream the sink keeps the highest epoch it has seen and refuses
/// what comes below it; for an Unfenced one it takes what comes.
/// </summary>
internal sealed class Sink(World world)
{
    private readonly Epoch[] _fence = new Epoch[world.Streams.Count];
    private readonly long[] _position = new long[world.Streams.Count];

    internal long[] Positions => _position;

    /// <summary>Raises the fence, then reads the checkpoint. Null when a higher epoch is there.</summary>
    internal long? Claim(int stream, Epoch epoch)
    {
        if (world.Streams.Classes[stream] == StreamClass.Unfenced)
            return _position[stream];
        if (epoch < _fence[stream])
        {
            world.Hit(Branch.SinkRefusedClaim);
            return null;
        }
        _fence[stream] = epoch;
        world.God.OnClaim(stream, epoch);
        return _position[stream];
    }

    /// <summary>Reads without a claim: what a new owner must not do.</summary>
    internal long Peek(int stream) => _position[stream];

    /// <summary>Writes the step after <paramref name="from"/>. False when the sink refuses the epoch.</summary>
    internal bool Write(int stream, Epoch epoch, long from)
    {
        if (world.Streams.Classes[stream] == StreamClass.Fenced)
        {
            if (epoch < _fence[stream])
            {
                world.Hit(Branch.SinkRefusedWrite);
                return false;
            }
            _fence[stream] = epoch;
            world.God.OnFencedWrite(stream, epoch, from, _position[stream]);
        }
        else if (from < _position[stream])
        {
            world.Hit(Branch.StaleWriteUnfenced);
            return true;
        }
        _position[stream] = from + 1;
        return true;
    }
}
