using System.Globalization;
using Microsoft.AspNetCore.Http;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Changes;
using Weir.Diagnostics.Problems;
using Weir.Persistence.Stores;

namespace Weir.Diagnostics.Reading;

/// <summary>The list of streams: from an address to a query, and from rows to a page.</summary>
internal static class StreamList
{
    internal static (StreamQuery Query, string Question) Read(HttpRequest request)
    {
        var asked = new Asked(request, "state", "worker", "kind", "pool", "label", "q", "sort", "cursor", "limit");
        var (sort, isDescending) = asked.Order(StreamQuery.Sorts);
        var question = $"streams?{asked.Question()}";
        var after = Cursor.Read(asked.One("cursor"), question);
        return (new StreamQuery
        {
            OnlyStates = asked.Several("state", StreamQuery.States),
            Worker = asked.One("worker"),
            Kind = asked.One("kind"),
            Pool = asked.One("pool") is { } pool ? DeclarationReading.Pool(pool) : null,
            Labels = asked.Pairs("label"),
            Text = asked.One("q") is { } text ? text.Contains('\0', StringComparison.Ordinal) ? throw Refuse.Field("q", text, "text without the character 0 is right") : text : null,
            Sort = sort,
            IsDescending = isDescending,
            After = after is { } at ? (Key(sort, at.Key), at.Id) : null,
            Limit = asked.Limit() + 1,
        }, question);
    }

    internal static Page<StreamSummary> Page(IReadOnlyList<(StreamReading Row, object Key)> rows, StreamQuery query, string question)
    {
        var shown = rows.Take(query.Limit - 1).ToList();
        var next = rows.Count < query.Limit ? null : Cursor.Write(question, Text(shown[^1].Key), shown[^1].Row.Stream);
        return new Page<StreamSummary>([.. shown.Select(row => StreamAnswers.Summary(row.Row))], next);
    }

    private static object Key(string sort, string text) => sort is "weight" or "load"
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Refuse.Field("cursor", text, "a cursor of this list is right")
        : text;

    // 17 digits bring a number back as it was.
    private static string Text(object key) => key is double number ? number.ToString("R", CultureInfo.InvariantCulture) : Convert.ToString(key, CultureInfo.InvariantCulture)!;
}
