using Weir.Core.Planning;

namespace Weir.Benchmarks.Planning.Peers;

/// <summary>Ours. The plan is what is timed; turning it into owners is not, for a service never does that.</summary>
internal sealed class WeirPeer : Peer
{
    private Plan? _plan;

    internal override string Name => "weir";

    internal Plan Plan => _plan ?? throw new InvalidOperationException("nothing was planned yet");

    internal override Func<int[]> Prepare(State state, double band)
    {
        var snapshot = state.ToSnapshot();
        var policy = new Policy { Band = band, OuterBand = Math.Max(band, 0.1) };
        return () =>
        {
            _plan = Planner.Plan(snapshot, policy);
            return [];
        };
    }

    internal int[] Owners(State state) => state.ToSnapshot().After(Plan).OwnerOf.ToArray();
}
