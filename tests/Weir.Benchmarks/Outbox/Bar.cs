using System.Globalization;

namespace Weir.Benchmarks.Outbox;

/// <summary>The bars, each met or missed, printed at the end.</summary>
internal sealed class Bar
{
    private readonly List<string> _lines = [];

    public int Missed { get; private set; }

    public void AtLeast(string what, double figure, double bar) => Add(what, figure, bar, ">=", figure >= bar);

    public void AtMost(string what, double figure, double bar) => Add(what, figure, bar, "<=", figure <= bar);

    public void Print()
    {
        Console.WriteLine("\nBars");
        _lines.ForEach(Console.WriteLine);
    }

    private void Add(string what, double figure, double bar, string sign, bool isMet)
    {
        if (!isMet) Missed++;
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"  {(isMet ? "met   " : "MISSED")} {what}: {figure:0.##} (bar {sign} {bar:0.##})"));
    }
}
