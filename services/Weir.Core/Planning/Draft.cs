namespace Weir.Core.Planning;

/// <summary>What a levelling decided, before it is ordered, cut to the budget and judged.</summary>
internal sealed class Draft
{
    /// <summary>Moves in the order they are wanted.</summary>
    internal Move[] Moves { get; set; } = [];

    internal Placement[] Placements { get; set; } = [];

    internal List<Unplaced> Unplaced { get; set; } = [];

    internal List<Delay> Delays { get; init; } = [];

    /// <summary>The fewest moves any plan of this quality can have.</summary>
    internal int MovesMin { get; set; }

    /// <summary>Moves that were wanted and had to be left out because nothing would have made them safe.</summary>
    internal int Dropped { get; set; }

    /// <summary>The least makespan any plan can reach.</summary>
    internal double MakespanMin { get; set; }

    /// <summary>How much weight is still outside the band.</summary>
    internal double Outside { get; set; }

    /// <summary>Whether nothing was moved by choice.</summary>
    internal bool Calm { get; set; }

    /// <summary>The share of each worker, in weight.</summary>
    internal double[] Wanted { get; set; } = [];

    /// <summary>The least weight of each worker that is as near to its share as whole streams allow; for weights the share itself.</summary>
    internal double[] Low { get; set; } = [];

    /// <summary>The largest such weight.</summary>
    internal double[] High { get; set; } = [];
}
