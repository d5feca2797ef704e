using System.Globalization;
using Microsoft.AspNetCore.Http;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Reading;

/// <summary>The parameters of a list, checked: a name that means nothing is refused, for it would filter nothing.</summary>
internal sealed class Asked
{
    internal const int LimitDefault = 50;
    internal const int LimitMax = 200;
    private const int ValueMax = 256;
    private readonly IQueryCollection _query;

    internal Asked(HttpRequest request, params IReadOnlyList<string> known)
    {
        _query = request.Query;
        foreach (var name in _query.Keys)
            if (!known.Contains(name, StringComparer.Ordinal))
                throw Refuse.Field(name, _query[name].ToString(), known.Count == 0 ? "no parameter is right" : $"{string.Join(", ", known)} are the parameters there are");
    }

    /// <summary>One value; null when it was not given.</summary>
    internal string? One(string name)
    {
        var values = _query[name];
        if (values.Count > 1) throw Refuse.Field(name, values.ToString(), "once is right");
        var value = values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
        return value is { Length: > ValueMax } && name != "cursor" ? throw Refuse.Field(name, value, $"at most {ValueMax} characters are right") : value;
    }

    /// <summary>Several values, given again and again or with commas; each one of a closed set.</summary>
    internal IReadOnlyList<string> Several(string name, IReadOnlyList<string> allowed)
    {
        var values = _query[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var value in values)
            if (!allowed.Contains(value, StringComparer.Ordinal))
                throw Refuse.Field(name, value, $"{string.Join(", ", allowed)} are right");
        return values;
    }

    /// <summary>Pairs such as <c>label=city=Bern</c>.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Pairs(string name)
    {
        const int most = 16;
        var given = _query[name];
        if (given.Count > most) throw Refuse.Field(name, $"{given.Count} of them", $"at most {most} are right");
        return [.. given.Select(pair =>
        {
            var equals = (pair ?? "").IndexOf('=', StringComparison.Ordinal);
            return equals > 0 && pair!.Length <= ValueMax && !pair.Contains('\0', StringComparison.Ordinal)
                ? KeyValuePair.Create(pair[..equals], pair[(equals + 1)..])
                : throw Refuse.Field(name, pair, "name=value is right");
        })];
    }

    internal int Limit() => One("limit") is not { } text
        ? LimitDefault
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LimitMax
            ? limit
            : throw Refuse.Field("limit", text, $"1 to {LimitMax} is right");

    /// <summary>The order: a name, with <c>-</c> before it from the highest down.</summary>
    internal (string Sort, bool IsDescending) Order(IReadOnlyList<string> allowed)
    {
        var text = One("sort") ?? allowed[0];
        var isDescending = text.StartsWith('-');
        var sort = isDescending ? text[1..] : text;
        return allowed.Contains(sort, StringComparer.Ordinal) ? (sort, isDescending) : throw Refuse.Field("sort", text, $"{string.Join(", ", allowed)}, with - before it from the highest down, are right");
    }

    /// <summary>The question a cursor belongs to: everything but where it goes on and how much is given out.</summary>
    internal string Question() => string.Join(
        '&', _query.Where(one => one.Key is not ("cursor" or "limit")).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={string.Join('\n', one.Value.ToArray())}"));
}
