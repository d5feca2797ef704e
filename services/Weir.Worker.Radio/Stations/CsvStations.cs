using System.Text;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Stations;

/// <summary>A CSV list with a heading: <c>id</c>, <c>url</c>, and labels. Values may stand in quotation marks, doubled within.</summary>
internal static class CsvStations
{
    internal static IEnumerable<StationLine> Read(string file, string text)
    {
        string[]? heading = null;
        foreach (var (number, cells) in Rows(file, text.TrimStart('\uFEFF')))
        {
            if (heading is null)
            {
                heading = [.. cells.Select(cell => cell.Trim())];
                Check(file, number, heading);
                continue;
            }
            if (cells.Count != heading.Length)
                throw new StationListException(file, number, $"it has {cells.Count} values, and the heading {heading.Length} columns");
            var row = heading.Zip(cells, (name, value) => (Name: name, Value: value.Trim())).ToList();
            yield return new StationLine(
                number,
                row.First(cell => Is(cell.Name, "id")).Value,
                row.First(cell => Is(cell.Name, "url")).Value,
                Title: null,
                row.Where(cell => cell.Value.Length > 0 && !Is(cell.Name, "id") && !Is(cell.Name, "url")).ToDictionary(cell => cell.Name, cell => cell.Value, StringComparer.Ordinal));
        }
    }

    private static void Check(string file, int number, string[] heading)
    {
        foreach (var wanted in new[] { "id", "url" })
            if (!heading.Any(name => Is(name, wanted)))
                throw new StationListException(file, number, $"the heading has no column '{wanted}'; give one such as id,url,country");
        if (heading.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new StationListException(file, number, $"the heading has the column '{Quote.Of(twice.Key)}' more than once");
    }

    private static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Rows(string file, string text)
    {
        var (cells, cell, line, began, quoted) = (new List<string>(), new StringBuilder(), 1, 1, false);
        for (var at = 0; at <= text.Length; at++)
        {
            var character = at < text.Length ? text[at] : '\n';
            if (quoted && at == text.Length)
                throw new StationListException(file, began, "a quotation mark is opened and not closed");
            if (character == '"' && quoted && at + 1 < text.Length && text[at + 1] == '"')
                cell.Append(text[at++]);
            else if (character == '"' && (quoted || cell.ToString().Trim().Length == 0))
                quoted = !quoted;
            else if (character == ',' && !quoted)
                Next();
            else if (character == '\n' && !quoted)
            {
                Next();
                if (cells.Count > 1 || cells[0].Trim().Length > 0)
                    yield return (began, cells);
                (cells, began) = ([], line + 1);
            }
            else if (character != '\r' || quoted)
                cell.Append(character);
            if (character == '\n')
                line++;
        }

        void Next()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }
    }

    private static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
