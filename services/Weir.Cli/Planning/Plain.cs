namespace Weir.Cli.Planning;

/// <summary>Shows a stranger's text: short, and harmless to a terminal.</summary>
internal static class Plain
{
    private const int ShownMax = 60;

    internal static string Text(string text)
    {
        var shown = text.Length <= ShownMax ? text : text[..ShownMax] + "…";
        return string.Create(shown.Length, shown, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(from[i]) ? '?' : from[i];
        });
    }
}
