using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Weir.Documents.Tests.Compose;

/// <summary>The containers' file and the rules of the house for it. Each rule gives its faults in words; none means it holds.</summary>
internal sealed partial class ComposeFile
{
    private readonly string _text;
    private readonly Dictionary<string, Dictionary<string, object?>> _services;

    private ComposeFile(string text, Dictionary<string, Dictionary<string, object?>> services) => (_text, _services) = (text, services);

    internal static ComposeFile Parse(string text)
    {
        var reader = new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(text)));
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>>(reader);
        var services = ((Dictionary<object, object?>)root["services"]!).ToDictionary(
            service => (string)service.Key,
            service => ((Dictionary<object, object?>)service.Value!).ToDictionary(part => (string)part.Key, part => part.Value, StringComparer.Ordinal),
            StringComparer.Ordinal);
        return new(text, services);
    }

    internal IReadOnlyCollection<string> Services => _services.Keys;

    /// <summary>Whatever stays up says how it is; a job ends, and somebody waits for its end.</summary>
    internal IEnumerable<string> Health() =>
        from service in _services
        where !service.Value.ContainsKey("healthcheck") && !IsJob(service.Key)
        select $"{service.Key} has no health check";

    /// <summary>Nothing is open to the network unless someone decides so.</summary>
    internal IEnumerable<string> Ports() =>
        from service in _services
        from port in Texts(service.Value.GetValueOrDefault("ports"))
        where !port.StartsWith("127.0.0.1:", StringComparison.Ordinal)
        select $"{service.Key} publishes {port}: begin it with 127.0.0.1:";

    /// <summary>Passwords come from outside, and without them nothing starts.</summary>
    internal IEnumerable<string> Passwords() =>
        from Match secret in Secret().Matches(_text)
        let value = secret.Groups["value"].Value.TrimStart('\'', '"')
        where !value.StartsWith("${", StringComparison.Ordinal) || !value.Contains(":?", StringComparison.Ordinal)
        select $"'{secret.Value}' is a password in the file, or one that may be empty: ask for it by ${{NAME:?words}}";

    internal IEnumerable<string> Memory() =>
        from service in _services where !service.Value.ContainsKey("mem_limit") select $"{service.Key} has no mem_limit";

    internal IEnumerable<string> Privileges()
    {
        foreach (var (name, parts) in _services)
        {
            if (parts.GetValueOrDefault("read_only") is not "true") yield return $"{name} may write to its image: read_only";
            if (!Texts(parts.GetValueOrDefault("cap_drop")).Contains("ALL")) yield return $"{name} keeps capabilities: cap_drop [ALL]";
            if (!Texts(parts.GetValueOrDefault("security_opt")).Contains("no-new-privileges:true")) yield return $"{name} may gain privileges: security_opt";
            if (parts.ContainsKey("privileged")) yield return $"{name} is privileged";
        }
    }

    /// <summary>Everything that is waited for is waited for by what it says, not by its having begun.</summary>
    internal IEnumerable<string> Waits() =>
        from service in _services
        where service.Value.GetValueOrDefault("depends_on") is not (null or Dictionary<object, object?>)
        select $"{service.Key} waits for others to begin, not to be well: depends_on with a condition";

    private bool IsJob(string name) =>
        _services[name].GetValueOrDefault("restart") is "no"
        && _services.Values.Any(other => other.GetValueOrDefault("depends_on") is Dictionary<object, object?> waits
            && waits.TryGetValue(name, out var how) && how is Dictionary<object, object?> condition && condition["condition"] is "service_completed_successfully");

    private static IEnumerable<string> Texts(object? list) => (list as List<object?>)?.Select(one => one as string ?? "") ?? [];

    [GeneratedRegex(@"(?i)pass(word|wd)?\w*\s*[:=]\s*(?<value>[^\s;,}]+[^\n;]*)|amqps?://[^:/\s]+:(?<value>(\$\{[^}]*\}|[^@\s]+))@", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
