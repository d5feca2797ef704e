using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Weir.Bus.Options;

namespace Weir.ServiceDefaults.Options;

/// <summary>Fills options from their section, one property at a time, so that one unreadable value does not hide the others.</summary>
internal sealed class SectionBinding<T>(string section, IConfiguration? configuration) : IConfigureOptions<T>
    where T : class
{
    private readonly List<string> _faults = [];

    internal IReadOnlyList<string> Faults => _faults;

    public void Configure(T options)
    {
        _faults.Clear();
        if (configuration is null) return;
        foreach (var given in configuration.GetSection(section).GetChildren()) Take(options, given);
    }

    private void Take(T options, IConfigurationSection given)
    {
        var property = typeof(T).GetProperty(given.Key, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase);
        if (property is not { CanWrite: true })
        {
            _faults.Add($"{given.Path} is no option; {section} has {string.Join(", ", typeof(T).GetProperties().Where(known => known.CanWrite).Select(known => known.Name))}");
            return;
        }

        try
        {
            property.SetValue(options, given.Get(property.PropertyType));
        }
        catch (InvalidOperationException unreadable) when (unreadable.InnerException is FormatException or ArgumentException or OverflowException)
        {
            _faults.Add($"{given.Path} is {Worded.Value(property.Name, given.Value)}; it takes {Worded.Kind(property.PropertyType)}");
        }
    }
}
