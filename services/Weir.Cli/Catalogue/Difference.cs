using System.Text.Json;
using Weir.Cli.Asking;
using Weir.Cli.Showing;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Catalogue;

/// <summary>What a file would change in the catalogue.</summary>
internal sealed class Difference
{
    private const int AskedAtOnce = 8;
    private const string Fenced = "fenced";
    private const string Unfenced = "unfenced";

    private readonly List<BatchEntry> _toSend = [];
    private readonly List<string> _added = [];
    private readonly SortedDictionary<string, IReadOnlyList<string>> _changed = new(StringComparer.Ordinal);

    internal IReadOnlyList<string> Added => _added;

    /// <summary>By stream, each changed field with its value before and after.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Changed => _changed;

    internal int Unchanged { get; private set; }

    internal IReadOnlyList<BatchEntry> ToSend => _toSend;

    internal string Words => $"{_added.Count} to add, {_changed.Count} to change";

    internal static async Task<Difference> FindAsync(Call call, string pool, IReadOnlyList<BatchEntry> wanted)
    {
        var known = new StreamDetail?[wanted.Count];
        await Parallel.ForAsync(0, wanted.Count, new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = call.Cancel }, async (i, cancel) =>
            known[i] = await KnownAsync(call, wanted[i].Id!, cancel));
        var difference = new Difference();
        for (var i = 0; i < wanted.Count; i++)
            difference.Add(pool, wanted[i], known[i]);
        return difference;
    }

    internal IEnumerable<string> Lines() => _added.Select(id => $"+ {id}").Concat(_changed.Select(stream => $"~ {stream.Key}  {string.Join(", ", stream.Value)}"));

    /// <summary>Each field that differs, as <c>name: before -> after</c>.</summary>
    internal static IReadOnlyList<string> Fields(string pool, BatchEntry wanted, StreamDetail known)
    {
        var fields = new List<string>();
        Compare("pool", known.Pool, pool);
        Compare("kind", known.Kind, wanted.Kind!);
        Compare("weight", Figures.Number(known.Weight), Figures.Number(wanted.Weight ?? 1));
        Compare("class", known.Class, string.Equals(wanted.Class, Fenced, StringComparison.OrdinalIgnoreCase) ? Fenced : Unfenced);
        // Left out, it is the pool's figure, which only the server knows.
        if (wanted.LocalModeMs is { } localMode) Compare("localModeMs", Figures.Number(known.LocalModeMs), Figures.Number(localMode));
        Compare("definition", Text(known.Definition), Text(wanted.Definition));
        Compare("labels", Text(known.Labels), Text(wanted.Labels));
        return fields;

        void Compare(string name, string before, string after)
        {
            if (!string.Equals(before, after, StringComparison.Ordinal)) fields.Add($"{name}: {before} -> {after}");
        }
    }

    private void Add(string pool, BatchEntry wanted, StreamDetail? known)
    {
        if (known is null)
            _added.Add(wanted.Id!);
        else if (Fields(pool, wanted, known) is { Count: > 0 } fields)
            _changed[wanted.Id!] = fields;
        else
        {
            Unchanged++;
            return;
        }

        _toSend.Add(wanted);
    }

    private static async Task<StreamDetail?> KnownAsync(Call call, string id, CancellationToken cancel)
    {
        try
        {
            return await call.Api.GetAsync<StreamDetail>(ApiRoutes.With(ApiRoutes.Stream, id), cancel);
        }
        catch (ApiException unknown) when (unknown.Code == ExitCode.NotFound)
        {
            return null;
        }
    }

    // Names in order and no blanks: two texts of one meaning are one text.
    private static string Text(JsonElement? definition) => definition is { } json ? JsonSerializer.Serialize(Ordered(json), ApiJson.Options) : "none";

    private static object? Ordered(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new SortedDictionary<string, object?>(json.EnumerateObject().ToDictionary(one => one.Name, one => Ordered(one.Value), StringComparer.Ordinal), StringComparer.Ordinal),
        JsonValueKind.Array => json.EnumerateArray().Select(Ordered).ToList(),
        _ => json,
    };

    private static string Text(IReadOnlyDictionary<string, string>? labels) =>
        labels is { Count: > 0 } ? string.Join(' ', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")) : "none";
}
