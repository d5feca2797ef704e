namespace Weir.Figures;

/// <summary>What was asked for.</summary>
/// <param name="IsShort">Few rounds and small fleets: for CI.</param>
/// <param name="IsJson">One JSON object a figure instead of a table.</param>
/// <param name="Rows">Only these; all where empty.</param>
internal sealed record FigureArguments(bool IsShort, bool IsJson, IReadOnlyList<string> Rows)
{
    public const string Usage = "figures.sh [--short] [--json] [--row NAME]... ; rows: ";

    /// <returns>Null and what is wrong, or the arguments.</returns>
    public static (FigureArguments? Arguments, string Fault) Parse(IReadOnlyList<string> args, IReadOnlyCollection<string> known)
    {
        var rows = new List<string>();
        var (isShort, isJson) = (false, false);
        for (var at = 0; at < args.Count; at++)
        {
            switch (args[at])
            {
                case "--short":
                    isShort = true;
                    break;
                case "--json":
                    isJson = true;
                    break;
                case "--row" when at + 1 < args.Count && known.Contains(args[at + 1]):
                    rows.Add(args[++at]);
                    break;
                case "--row":
                    return (null, at + 1 < args.Count ? $"there is no row '{args[at + 1]}'" : "--row needs a name");
                default:
                    return (null, $"'{args[at]}' is no argument");
            }
        }

        return (new FigureArguments(isShort, isJson, rows), "");
    }
}
