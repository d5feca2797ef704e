using System.Reflection;
using System.Text;
using Weir.Bus;
using Weir.Diagnostics;
using Weir.Orchestrator;
using Weir.Persistence;
using Weir.Persistence.Settings;
using Weir.Registry;
using Weir.ServiceDefaults.Health;
using Weir.Worker;
using Weir.Worker.Radio;
using Weir.Worker.Ticker;

namespace Weir.Documents.Tests.Options;

/// <summary>The page of all options, made from the types that the programs bind.</summary>
internal static class OptionsPage
{
    internal const string Path = "compose/OPTIONS.md";

    internal static IReadOnlyList<OptionSection> Sections { get; } =
    [
        new("Weir:Bus", typeof(WeirBusOptions), "every service"),
        new(StoreRegistration.Section, typeof(DatabaseOptions), "every service"),
        new("Weir:Health", typeof(HealthOptions), "every service"),
        new("Weir:Registry", typeof(RegistryOptions), "Registry"),
        new("Weir:Orchestrator", typeof(OrchestratorOptions), "Orchestrator"),
        new("Weir:Diagnostics", typeof(DiagnosticsOptions), "Diagnostics"),
        new(WeirWorkerOptions.Section, typeof(WeirWorkerOptions), "a worker"),
        new(TickerOptions.Section, typeof(TickerOptions), "the sample worker `Weir.Worker.Ticker`"),
        new(RadioOptions.Section, typeof(RadioOptions), "the worker `Weir.Worker.Radio`"),
    ];

    internal static string Write()
    {
        var page = new StringBuilder("""
            # Options

            Generated from the programs' own types; `WEIR_UPDATE_OPTIONS=1` and a run of `Weir.Documents.Tests` write it anew.

            A program reads its options from `appsettings.json`, then the environment (colons become two underscores), then its arguments (`--Weir:Registry:BeatBatchMax=100`); the later one holds. What is unknown or out of range is refused at start, all of it at once, with exit code 1. A worker reads the broker's address, account and TLS from the one value `Weir__Bus__Address` (`amqp://user:password@host:5672/vhost`, `amqps://` for TLS).

            """);
        foreach (var section in Sections)
            Write(page, section);
        return page.ToString();
    }

    private static void Write(StringBuilder page, OptionSection section)
    {
        var (texts, options) = (OptionTexts.Of(section.Type.Assembly), Activator.CreateInstance(section.Type)!);
        page.Append($"\n## {section.Name}\nRead by {section.ReadBy}.\n\n| option | environment | takes | default | allowed | what it is |\n|---|---|---|---|---|---|\n");
        foreach (var property in Options(section))
            page.Append($"| {property.Name} | `{Environment(section, property)}` | {OptionValues.Kind(property.PropertyType)} | {OptionValues.Default(property, options)} | {Allowed(texts, property)} | {Told(texts, property)} |\n");
    }

    /// <summary>What can be set, in the source's order.</summary>
    internal static IEnumerable<PropertyInfo> Options(OptionSection section) =>
        section.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).OrderBy(property => property.MetadataToken);

    internal static string Environment(OptionSection section, PropertyInfo property)
    {
        var name = $"{section.Name}:{property.Name}".Replace(":", "__", StringComparison.Ordinal);
        if (property.PropertyType.IsArray) return name + "__0";
        return property.PropertyType.IsGenericType && !property.PropertyType.IsValueType ? name + "__NAME" : name;
    }

    /// <summary>The range that an attribute checks, or else what the source says.</summary>
    private static string Allowed(OptionTexts texts, PropertyInfo property)
    {
        var said = texts.Value(property).Split("Allowed: ", 2);
        return OptionValues.Range(property) ?? (said.Length > 1 ? said[1].TrimEnd('.') : "-");
    }

    private static string Told(OptionTexts texts, PropertyInfo property)
    {
        var value = texts.Value(property).Split("Allowed: ", 2)[0].Trim();
        return $"{texts.Summary(property)} *{(value.Length > 0 ? value : "-")}*".Replace(" *-*", "", StringComparison.Ordinal);
    }
}
