using Weir.Figures.Rows;

namespace Weir.Figures;

/// <summary>Measures the rows asked for, one after the other, and tells each figure as it comes.</summary>
internal static class FigureRun
{
    private const int Met = 0;
    private const int Missed = 3;
    private const int Unusable = 2;

    private static readonly TimeSpan RowBound = TimeSpan.FromMinutes(30);

    /// <returns>0 where all goals are met, 3 where one is missed or a row failed, 2 for arguments that cannot be used.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancel)
    {
        var (arguments, fault) = FigureArguments.Parse(args, [.. FigureRows.All.Select(row => row.Name)]);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync($"{fault}. {FigureArguments.Usage}{string.Join(' ', FigureRows.All.Select(row => row.Name))}");
            return Unusable;
        }

        var worst = Met;
        await Console.Error.WriteLineAsync($"{Environment.ProcessorCount} cores, load {(await File.ReadAllTextAsync("/proc/loadavg", cancel)).Trim()}, {(arguments.IsShort ? "short" : "full")}");
        foreach (var row in FigureRows.All.Where(row => arguments.Rows.Count == 0 || arguments.Rows.Contains(row.Name)))
        {
            await Console.Error.WriteLineAsync($"\n{row.Name}: {row.What}");
            var figures = await MeasureAsync(row, arguments, cancel);
            foreach (var figure in figures) Console.WriteLine(arguments.IsJson ? FigureText.Json(figure) : FigureText.Of(figure));
            if (figures.Count == 0 || figures.Any(figure => figure.IsMet == false)) worst = Missed;
        }

        return worst;
    }

    // A row that breaks down must not hide those after it; it counts as missed.
    private static async Task<IReadOnlyList<Figure>> MeasureAsync(FigureRow row, FigureArguments arguments, CancellationToken cancel)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(RowBound);
        try
        {
            await using var stage = new Stage(row.Name, arguments.IsShort);
            return await row.MeasureAsync(stage, bound.Token);
        }
        catch (Exception failed)
        {
            cancel.ThrowIfCancellationRequested();
            await Console.Error.WriteLineAsync($"{row.Name} failed: {failed}");
            return [];
        }
    }
}
