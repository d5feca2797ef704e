using Weir.Core.Leases;
using Weir.Simulation.Tests.Engine;

namespace Weir.Simulation.Tests.Runs;

/// <summary>One fault in a fleet at rest, and what it may cost at most.</summary>
/// <param name="Id">The bound it checks.</param>
/// <param name="What">In words.</param>
/// <param name="Shape">The fleet.</param>
/// <param name="Break">Injects the fault.</param>
/// <param name="GapMax">How long any stream may stand still.</param>
/// <param name="FencesMax">How many incarnations may be fenced for it.</param>
/// <param name="MovesMax">How many streams may get another owner.</param>
internal sealed record Scenario(
    string Id, string What, Func<ulong, Shape> Shape, Action<World> Break, TimeSpan GapMax, int FencesMax, int MovesMax)
{
    internal static Shape Calm(ulong seed, int workers, int streams, int fencedPerThousand) => new(seed)
    {
        Workers = workers,
        Streams = streams,
        Times = LeaseTimes.Fast,
        FencedPerThousand = fencedPerThousand,
        LocalModePerThousand = 0,
        RateFrom = 950,
        RateTo = 1050,
    };
}
