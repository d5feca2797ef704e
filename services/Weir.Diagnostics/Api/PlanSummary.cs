namespace Weir.Diagnostics.Api;

/// <summary>A plan that took effect, with its proof.</summary>
public sealed record PlanSummary
{
    /// <summary><c>pool:version</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The pool.</summary>
    public required string Pool { get; init; }

    /// <summary>The pool's version that the plan made.</summary>
    public required long Version { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The process that made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Moves it holds.</summary>
    public required int Moves { get; init; }

    /// <summary>Placements it holds.</summary>
    public required int Placements { get; init; }

    /// <summary>The proof.</summary>
    public required PlanCertificate Certificate { get; init; }

    /// <summary>What it waited for and refused.</summary>
    public required PlanNotes Report { get; init; }
}
