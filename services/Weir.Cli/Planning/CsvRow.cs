using System.Globalization;
using System.Text;
using Weir.Core.Identity;

namespace Weir.Cli.Planning;

/// <summary>One line of a CSV file, its cells by column.</summary>
internal sealed class CsvRow
{
    private readonly string _file;
    private readonly Dictionary<string, int> _columns;
    private readonly List<string> _cells;

    private CsvRow(string file, int line, Dictionary<string, int> columns, List<string> cells) =>
        (_file, Line, _columns, _cells) = (file, line, columns, cells);

    /// <summary>As an editor counts: the header is line 1.</summary>
    internal int Line { get; }

    internal string Path => FormattableString.Invariant($"{_file}[{Line}]");

    internal static IEnumerable<CsvRow> All(string text, string file, string[] known)
    {
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        var header = reader.ReadLine() ?? throw new InputException(file, "empty", $"a first line of column names, of {string.Join(",", known)}");
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in Split(header, $"{file}[1]"))
        {
            if (!known.Contains(name))
                throw new InputException($"{file}[1]", $"'{Plain.Text(name)}', a column nobody knows", $"one of {string.Join(", ", known)}");
            if (!columns.TryAdd(name, columns.Count))
                throw new InputException($"{file}[1]", $"'{name}' for the second time", "each column once");
        }

        var line = 1;
        while (reader.ReadLine() is { } row)
        {
            line++;
            if (row.Length == 0)
                continue;
            var cells = Split(row, FormattableString.Invariant($"{file}[{line}]"));
            if (cells.Count != columns.Count)
            {
                throw new InputException(
                    FormattableString.Invariant($"{file}[{line}]"),
                    FormattableString.Invariant($"{cells.Count} cells"),
                    FormattableString.Invariant($"{columns.Count}, as the header has"));
            }

            yield return new CsvRow(file, line, columns, cells);
        }
    }

    /// <summary>The cell, or null when it is empty or the file has no such column.</summary>
    internal string? Cell(string name) => _columns.TryGetValue(name, out var i) && _cells[i].Length > 0 ? _cells[i] : null;

    internal double Number(string name, double? missing, Func<double, bool> allowed, string wanted)
    {
        if (Cell(name) is not { } text)
            return missing ?? throw new InputException($"{Path}.{name}", "missing", wanted);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && allowed(number))
            return number;
        throw new InputException($"{Path}.{name}", $"'{Plain.Text(text)}'", wanted);
    }

    internal WorkerId? Worker(string name)
    {
        if (Cell(name) is not { } text)
            return null;
        return WorkerId.TryParse(text, out var id)
            ? id
            : throw new InputException($"{Path}.{name}", $"'{Plain.Text(text)}'", "a worker id: 1 to 64 letters, digits or hyphens");
    }

    private static List<string> Split(string line, string path)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (quoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"')
                cell.Append(line[i++]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
                cell.Append(line[i]);
        }

        if (quoted)
            throw new InputException(path, "a line with an open quote", "a closing \"");
        cells.Add(cell.ToString().Trim());
        return cells;
    }
}
