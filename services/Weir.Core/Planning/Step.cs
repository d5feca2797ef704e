using System.Runtime.InteropServices;

namespace Weir.Core.Planning;

/// <summary>One thing that could be done next: a stream from here to there, and perhaps one back.</summary>
/// <param name="Stream">The stream that goes.</param>
/// <param name="Back">The one that comes back, or -1.</param>
/// <param name="From">The source.</param>
/// <param name="To">The target.</param>
/// <param name="Gain">How much less is outside the band afterwards, in weight.</param>
/// <param name="Harm">How much of what is outside then is new: it would have to be mended by more moves.</param>
/// <param name="Weight">What has to be carried.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Step(int Stream, int Back, int From, int To, double Gain, double Harm, double Weight)
{
    internal static readonly Step None = new(-1, -1, -1, -1, 0, 0, double.PositiveInfinity);

    /// <summary>What the step is worth a move: one that does new harm needs another to mend it.</summary>
    private double Worth => Harm > 0 ? (Gain - Harm) / 2 : Gain;

    internal bool IsBetterThan(Step other)
    {
        if (Gain <= 0)
            return false;
        var (worth, otherWorth) = (Worth, other.Worth);
        return other.Gain <= 0 || worth > otherWorth || (worth == otherWorth && Weight < other.Weight);
    }
}
