using System.Text;

namespace Weir.Worker.Radio.Stations;

/// <summary>Ids for lists that have none: the title, or the address, in small letters and hyphens, numbered where it is taken.</summary>
internal static class StationIds
{
    private const int LengthMax = 100;

    // The programs run without a culture's tables, which would know more of them.
    private static readonly string[] Accented =
    [
        "aàáâãäåāăą", "cçćč", "dďđð", "eèéêëēėęě", "gğģ", "iìíîïīįı", "lłľļ", "nñńňņ", "oòóôõöøōő", "rŕř", "sśšşșß", "tťțţ", "uùúûüūůűų", "yýÿ", "zžźż",
    ];

    internal static string Of(string? title, Uri address, Func<string, bool> isTaken)
    {
        var first = Slug(title ?? "");
        if (first.Length == 0)
            first = Slug(address.Host + address.AbsolutePath);
        if (first.Length == 0)
            first = "station";
        var id = first;
        for (var number = 2; isTaken(id); number++)
            id = $"{first}-{number}";
        return id;
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var letter in text.Select(Plain))
        {
            if (slug.Length == LengthMax)
                break;
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }

    private static char Plain(char letter)
    {
        var small = char.ToLowerInvariant(letter);
        return Accented.FirstOrDefault(letters => letters.Contains(small, StringComparison.Ordinal)) is { } same ? same[0] : small;
    }
}
