using System.CommandLine;
using Weir.Cli.Asking;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Showing;

/// <summary>Lists: filters go to the server, and pages are read until as many are there as were asked for.</summary>
internal sealed class Listing
{
    private const int PageMax = 200;

    private readonly Dictionary<string, Option<string[]>> _filters = new(StringComparer.Ordinal);
    private readonly Option<int> _limit = NumberOption.Of("--limit", "How many at most; 0 for all", 0, int.MaxValue, 50, "limit");
    private readonly Option<string?> _cursor = new("--cursor") { Description = "Goes on where an earlier list ended: its next" };

    internal IReadOnlyList<Symbol> Options => [.. _filters.Values, _limit, _cursor];

    /// <summary>A filter that the API knows by the same name.</summary>
    internal Listing With(string name, string does, string example)
    {
        _filters[name] = new Option<string[]>($"--{name}") { Description = does, HelpName = example };
        return this;
    }

    internal async Task<Page<T>> ReadAsync<T>(Call call, string route)
    {
        var left = call.Of(_limit) is > 0 and var limit ? limit : int.MaxValue;
        var asked = _filters.SelectMany(filter => (call.Of(filter.Value) ?? []).Select(value => $"{filter.Key}={Uri.EscapeDataString(value)}")).ToList();
        var (items, next) = (new List<T>(), call.Of(_cursor));
        do
        {
            string[] page = [.. asked, $"limit={Math.Min(left, PageMax)}", .. next is null ? [] : (string[])[$"cursor={Uri.EscapeDataString(next)}"]];
            var part = await call.Api.GetAsync<Page<T>>($"{route}?{string.Join('&', page)}", call.Cancel);
            items.AddRange(part.Items);
            left -= part.Items.Count;
            next = part.Items.Count > 0 ? part.Next : null;
        }
        while (left > 0 && next is not null);
        return new Page<T>(items, next);
    }

    /// <summary>Shows a list and says, where it is not whole, how to go on.</summary>
    internal static int Print<T>(Call call, Page<T> page, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string>> row, string empty)
    {
        if (call.Show.IsJson)
        {
            call.Show.Json(page);
            return ExitCode.Ok;
        }

        call.Show.Table(columns, page.Items.Select(row), empty);
        if (page.Next is { } next)
            call.Show.Words.WriteLine($"There are more: --limit 0 shows all, --cursor {next} what follows.");
        return ExitCode.Ok;
    }
}
