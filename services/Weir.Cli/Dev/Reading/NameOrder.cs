namespace Weir.Cli.Dev.Reading;

/// <summary>The order a person expects of names that end in numbers: w2 before w10.</summary>
internal sealed class NameOrder : IComparer<string>
{
    private NameOrder()
    {
    }

    internal static NameOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (a, b) = (x ?? "", y ?? "");
        var (stemA, stemB) = (Stem(a), Stem(b));
        if (string.CompareOrdinal(stemA, stemB) is var stems and not 0)
            return stems;
        // Of two numbers without leading zeros the longer is the larger.
        var (endA, endB) = (a[stemA.Length..].TrimStart('0'), b[stemB.Length..].TrimStart('0'));
        return endA.Length != endB.Length ? endA.Length.CompareTo(endB.Length)
            : string.CompareOrdinal(endA, endB) is var ends and not 0 ? ends : string.CompareOrdinal(a, b);
    }

    private static string Stem(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}
