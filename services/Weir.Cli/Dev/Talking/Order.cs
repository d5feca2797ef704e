namespace Weir.Cli.Dev.Talking;

/// <summary>An order, as a key or a line gives it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Worker">Which worker; null for whichever suits.</param>
internal sealed record Order(OrderKind Kind, string? Worker = null)
{
    /// <summary>Reads a line such as <c>k</c> or <c>k w3</c>.</summary>
    /// <returns>Null when it is none.</returns>
    internal static Order? Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words is [[var key], .. var rest] && rest.Length <= 1 && KindOf(key) is { } kind ? new Order(kind, rest.FirstOrDefault()) : null;
    }

    internal static OrderKind? KindOf(char key) => char.ToLowerInvariant(key) switch
    {
        'k' => OrderKind.Crash,
        'a' => OrderKind.Add,
        'd' => OrderKind.Drain,
        'h' or '?' => OrderKind.Explain,
        'q' => OrderKind.Quit,
        _ => null,
    };
}
