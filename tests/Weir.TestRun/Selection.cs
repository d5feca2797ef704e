namespace Weir.TestRun;

/// <summary>Which tests take part: as arguments to a test program, and as the projects whose programs are started.</summary>
/// <param name="Name">As a person would say it.</param>
/// <param name="Arguments">xunit's own trait filters.</param>
/// <param name="Project">One test project's name, or null for all.</param>
internal sealed record Selection(string Name, IReadOnlyList<string> Arguments, string? Project = null)
{
    internal static readonly IReadOnlyList<string> Categories = ["unit", "integration", "load", "simulation", "chaos"];

    internal static readonly Selection All = new("all", []);

    internal static Selection? OfSwitch(string name, string? value) => name switch
    {
        "--quick" => new("quick", ["-trait", "Category=unit", "-trait-", "Slow=yes"]),
        "--unit-only" => OfCategory("unit"),
        "--integration-only" => OfCategory("integration"),
        "--load-only" => OfCategory("load"),
        "--no-load-tests" => new("no-load-tests", ["-trait-", "Category=load"]),
        "--suite" when Categories.Contains(value!, StringComparer.Ordinal) => OfCategory(value!),
        "--suite" => new(value!, [], Project: value),
        _ => null,
    };

    /// <summary>True when the whole suite takes part, so that the table of the seed can be judged.</summary>
    internal bool IsAll => this == All;

    /// <summary><c>core</c>, <c>Core.Tests</c> and <c>Weir.Core.Tests</c> name the same project.</summary>
    internal bool Takes(string project) =>
        Project is null
        || string.Equals(project, Project, StringComparison.OrdinalIgnoreCase)
        || string.Equals(project, $"Weir.{Project}", StringComparison.OrdinalIgnoreCase)
        || string.Equals(project, $"Weir.{Project}.Tests", StringComparison.OrdinalIgnoreCase);

    private static Selection OfCategory(string category) => new(category, ["-trait", $"Category={category}"]);
}
