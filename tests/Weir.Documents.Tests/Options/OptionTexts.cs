using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Weir.Documents.Tests.Options;

/// <summary>What a property's documentation says, from the XML file beside its assembly, as Markdown of one line.</summary>
internal sealed partial class OptionTexts
{
    private readonly Dictionary<string, XElement> _members;

    private OptionTexts(Dictionary<string, XElement> members) => _members = members;

    internal static OptionTexts Of(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return new(XDocument.Load(file).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal));
    }

    internal string Summary(PropertyInfo property) => Text(property, "summary");

    /// <summary>Default, unit and range, as the source states them; empty where it states none.</summary>
    internal string Value(PropertyInfo property) => Text(property, "value");

    private string Text(PropertyInfo property, string part)
    {
        var name = $"P:{property.DeclaringType!.FullName}.{property.Name}";
        return _members.TryGetValue(name, out var member) && member.Element(part) is { } element ? Line(element) : "";
    }

    private static string Line(XElement element) =>
        Blanks().Replace(string.Concat(element.Nodes().Select(Words)), " ").Trim().Replace("|", @"\|", StringComparison.Ordinal);

    private static string Words(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => string.Concat(other.Nodes().Select(Words)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
