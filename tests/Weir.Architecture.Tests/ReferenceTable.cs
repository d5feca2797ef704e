namespace Weir.Architecture.Tests;

/// <summary>Who may reference whom (ARCHITECTURE.md, "Map of folders"). A project that is not here may not exist.</summary>
internal static class ReferenceTable
{
    private static readonly string[] Services = ["Weir.Registry", "Weir.Orchestrator", "Weir.Monitor", "Weir.Consistency", "Weir.Diagnostics"];

    private static readonly string[] ServiceParts =
        ["Weir.Contracts", "Weir.Core", "Weir.Bus", "Weir.Outbox", "Weir.Persistence", "Weir.ServiceDefaults"];

    private static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["Weir.Contracts"] = [],
        ["Weir.Core"] = [],
        ["Weir.Outbox"] = [],
        ["Weir.Bus"] = ["Weir.Contracts"],
        ["Weir.Persistence"] = ["Weir.Core", "Weir.Outbox"],
        ["Weir.ServiceDefaults"] = ["Weir.Bus"],
        ["Weir.Registry"] = ServiceParts,
        ["Weir.Orchestrator"] = ServiceParts,
        ["Weir.Monitor"] = ServiceParts,
        ["Weir.Consistency"] = ServiceParts,
        ["Weir.Diagnostics"] = ServiceParts,
        ["Weir.Worker"] = ["Weir.Contracts", "Weir.Core", "Weir.Bus"],
        ["Weir.Worker.Radio"] = ["Weir.Worker"],
        ["Weir.Worker.Ticker"] = ["Weir.Worker"],
        ["Publisher"] = ["Weir.Contracts"],
        ["FirstWorker"] = ["Weir.Worker"],
        ["Weir.Cli"] = ["Weir.Core", "Weir.Bus", "Weir.Persistence", "Weir.ServiceDefaults", "Weir.Worker", "Weir.Worker.Radio", "Weir.Worker.Ticker", .. Services],
    };

    /// <summary>First parts of the names of packages that a project may reference; null where any may be.</summary>
    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Weir.Contracts"] = [],
        ["Weir.Core"] = [],
        ["Weir.Outbox"] = ["MassTransit", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.Extensions"],
        ["Weir.Bus"] = ["MassTransit", "RabbitMQ.Client", "Microsoft.Extensions"],
        ["Weir.Persistence"] = ["Microsoft.EntityFrameworkCore", "Npgsql", "Polly", "Microsoft.Extensions", "MassTransit"],
        ["Weir.ServiceDefaults"] = ["OpenTelemetry", "Microsoft.Extensions", "MassTransit"],
        ["Weir.Worker"] = ["Polly", "Microsoft.Extensions", "MassTransit"],
        ["Weir.Worker.Radio"] = ["Npgsql", "Microsoft.Data.Sqlite", "Microsoft.Extensions"],
        ["Weir.Worker.Ticker"] = ["Npgsql", "Microsoft.Data.Sqlite", "Microsoft.Extensions"],
        ["Publisher"] = ["MassTransit.RabbitMQ"],
        ["FirstWorker"] = ["Microsoft.Extensions"],
    };

    /// <summary>What is wrong with a project's references, in words.</summary>
    internal static IEnumerable<string> Faults(Project project)
    {
        if (project.Room == "tests")
            yield break;

        if (!Projects.TryGetValue(project.Name, out var mayReference))
        {
            yield return $"{project.Name} is not in the reference table: decide its references there first";
            yield break;
        }

        foreach (var reference in project.Projects.Except(mayReference))
            yield return $"{project.Name} must not reference {reference}";
        if (Packages.TryGetValue(project.Name, out var mayUse))
            foreach (var package in project.Packages.Where(package => !mayUse.Any(first => package.StartsWith(first, StringComparison.Ordinal))))
                yield return $"{project.Name} must not reference package {package}";
    }
}
