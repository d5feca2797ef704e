using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weir.Cli.Catalogue;

/// <summary>YAML as the JSON it stands for: an unquoted null, true, false or number is one, all else is text. Bounded, for aliases can multiply.</summary>
internal static class YamlTree
{
    private const int NodesMax = 1_000_000;
    private const int DepthMax = 24;

    internal static JsonNode? Read(string name, string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents.Count != 1)
                throw new InputException(name, $"{yaml.Documents.Count} documents", "one");
            var left = NodesMax;
            return Node(name, yaml.Documents[0].RootNode, depth: 0, ref left);
        }
        catch (YamlException broken)
        {
            throw new InputException($"{name}, line {broken.Start.Line}", $"no YAML ({broken.Message})", "YAML");
        }
    }

    private static JsonNode? Node(string name, YamlNode node, int depth, ref int left)
    {
        if (depth > DepthMax || --left < 0)
            throw new InputException($"{name}, line {node.Start.Line}", "too deep, or too much by its aliases", $"at most {DepthMax} levels and {NodesMax} values");
        switch (node)
        {
            case YamlMappingNode mapping:
                var whole = new JsonObject();
                foreach (var (key, value) in mapping)
                    whole[Key(name, key)] = Node(name, value, depth + 1, ref left);
                return whole;
            case YamlSequenceNode sequence:
                var list = new JsonArray();
                foreach (var value in sequence)
                    list.Add(Node(name, value, depth + 1, ref left));
                return list;
            case YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any } scalar when scalar.Tag.IsEmpty:
                return Plain(scalar.Value ?? "");
            case YamlScalarNode scalar:
                return JsonValue.Create(scalar.Value);
            default:
                throw new InputException($"{name}, line {node.Start.Line}", $"a {node.NodeType}", "a value, a list or names with values");
        }
    }

    private static string Key(string name, YamlNode key) =>
        key is YamlScalarNode { Value: { } text } ? text : throw new InputException($"{name}, line {key.Start.Line}", "a name that is no text", "a text before the colon");

    private static JsonValue? Plain(string text)
    {
        if (text is "" or "~" or "null") return null;
        if (text is "true" or "false") return JsonValue.Create(text == "true");
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return JsonValue.Create(whole);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var figure) && double.IsFinite(figure) ? JsonValue.Create(figure) : JsonValue.Create(text);
    }
}
