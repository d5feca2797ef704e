using System.Runtime.InteropServices;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Core.Sagas;

namespace Weir.Core.Planning;

/// <summary>One stream of a pool, as its rows tell of it.</summary>
/// <param name="Row">Who has it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StreamRows(AssignmentRow Row)
{
    /// <summary>It is in the catalogue and was not withdrawn.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>What it was declared to cost, at least 0. Default: 1.</summary>
    public double DeclaredWeight { get; init; } = 1;

    /// <summary>What its worker says it costs. Null, or no finite number of at least 0: it costs what it was declared to.</summary>
    public double? Load { get; init; }

    /// <summary>The only worker that may hold it. Default null: any.</summary>
    public WorkerId? PinnedTo { get; init; }

    /// <summary>The migration that carries it and is not over; null while there is none.</summary>
    public MigrationRow? Move { get; init; }

    /// <summary>When it was last moved by choice, on the database's clock; null when that is long ago.</summary>
    public TimeSpan? MovedAt { get; init; }

    /// <summary>What it costs: what its worker measured comes before what was declared.</summary>
    public double Weight => Load is { } load && double.IsFinite(load) && load >= 0 ? load : DeclaredWeight;
}
