using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Weir.Diagnostics.Api;

namespace Weir.Cli.Showing;

/// <summary>Shows an answer: to a person as text, to a script as JSON, and words about it beside it.</summary>
internal sealed class Show(Terminal terminal, bool isJson)
{
    // A pipe has no width: a line that is broken there is two lines to a script.
    private const int PipeWidth = 4_000;

    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions OneLine = new(ApiJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal bool IsJson => isJson;

    internal Terminal Terminal => terminal;

    internal TextWriter Words => terminal.Words;

    internal void Json<T>(T answer) => terminal.Data.WriteLine(JsonSerializer.Serialize(answer, Indented));

    /// <summary>For what goes on and on: one object a line.</summary>
    internal void JsonLine<T>(T answer)
    {
        terminal.Data.WriteLine(JsonSerializer.Serialize(answer, OneLine));
        terminal.Data.Flush();
    }

    internal void Line(string text) => terminal.Data.WriteLine(Clean(text));

    /// <summary>A table without lines, as wide as its words; a note in words where it is empty.</summary>
    internal void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, string empty)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Markup($"[dim]{Markup.Escape(column)}[/]")) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Markup(Coloured(Clean(cell)))));
        if (table.Rows.Count == 0)
            Words.WriteLine(empty);
        else
            Console().Write(table);
    }

    /// <summary>What another machine said must not steer this terminal.</summary>
    internal static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(one => char.IsControl(one) ? '?' : one)) : text;

    // States stand out by colour too, never by colour alone.
    private static string Coloured(string cell) => cell switch
    {
        "running" or "live" or "completed" or "ok" => $"[green]{cell}[/]",
        "unowned" or "quarantined" or "lost" or "failed" => $"[red]{cell}[/]",
        "starting" or "suspect" or "draining" or "cordoned" or "releasing" or "rolledBack" or "warning" => $"[yellow]{cell}[/]",
        _ => Markup.Escape(cell),
    };

    private IAnsiConsole Console()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.Colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Data),
        });
        console.Profile.Width = terminal.IsPerson ? terminal.Width : PipeWidth;
        return console;
    }
}
