using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Weir.Bus.Options;

/// <summary>
/// Fills options from their section, one property at a time, so that one unreadable value does not hide the others. A name that is no
/// option is a fault, too: a misspelt one would otherwise be left out in silence.
/// </summary>
/// <param name="section">Such as <c>Weir:Registry</c>.</param>
/// <param name="configuration">The program's, whole; null where it has none.</param>
/// <param name="read">Reads one value as a type: the host's binder, which this project does without.</param>
internal sealed class WordedSection(string section, IConfiguration? configuration, Func<IConfigurationSection, Type, object?> read)
{
    private readonly List<string> _faults = [];

    /// <summary>What was wrong with the section when it was last read, in words.</summary>
    internal IReadOnlyList<string> Faults => _faults;

    internal void Fill<T>(T options)
        where T : class
    {
        _faults.Clear();
        if (configuration is null) return;
        foreach (var given in configuration.GetSection(section).GetChildren()) Take(options, given);
    }

    private void Take<T>(T options, IConfigurationSection given)
        where T : class
    {
        var property = typeof(T).GetProperty(given.Key, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase);
        if (property is not { CanWrite: true })
        {
            _faults.Add($"{given.Path} is no option; {section} has {string.Join(", ", typeof(T).GetProperties().Where(known => known.CanWrite).Select(known => known.Name))}");
            return;
        }

        try
        {
            property.SetValue(options, read(given, property.PropertyType));
        }
        catch (InvalidOperationException unreadable) when (unreadable.InnerException is FormatException or ArgumentException or OverflowException)
        {
            _faults.Add($"{given.Path} is {Worded.Value(property.Name, given.Value)}; it takes {Worded.Kind(property.PropertyType)}");
        }
    }
}
