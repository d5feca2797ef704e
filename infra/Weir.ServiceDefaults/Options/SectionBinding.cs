using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Weir.Bus.Options;

namespace Weir.ServiceDefaults.Options;

/// <summary>Options from a section of the program's configuration, as every program of ours reads them.</summary>
internal sealed class SectionBinding<T>(string section, IConfiguration? configuration) : IConfigureOptions<T>
    where T : class
{
    private readonly WordedSection _words = new(section, configuration, (given, type) => given.Get(type));

    internal IReadOnlyList<string> Faults => _words.Faults;

    public void Configure(T options) => _words.Fill(options);
}
