using System.Globalization;
using Weir.Worker.Radio.Plays;

namespace Weir.Worker.Radio.Listening;

/// <summary>One look at a reception.</summary>
/// <param name="Page">What is to be written.</param>
/// <param name="Rate">Bytes a second.</param>
/// <param name="Away">Why it is not heard; null while it is.</param>
/// <param name="Title">What plays, or played last; null where nothing was heard yet.</param>
/// <param name="LongestGapMs">The longest time without a byte since this worker has it.</param>
internal sealed record ReceptionLook(PlayPage Page, double Rate, string? Away, string? Title, long LongestGapMs)
{
    private const double LeastLoad = 0.1;

    /// <summary>In units of weight, to one decimal place so that the planner is not told of every breath; a station that is away still takes its tries.</summary>
    internal double Load(int bytesPerUnit) => Math.Max(LeastLoad, Math.Round(Rate / bytesPerUnit, 1));

    /// <summary>For people: what plays, at which rate, and the longest gap.</summary>
    internal string Position =>
        Away is not null ? $"away: {Away}" : string.Create(CultureInfo.InvariantCulture, $"{Rate / 1000:0.0} kB/s, gap {LongestGapMs / 1000.0:0.0} s: {Title ?? ""}");
}
