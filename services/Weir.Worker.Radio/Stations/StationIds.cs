using System.Text;

namespace Weir.Worker.Radio.Stations;

/// <summary>Ids for lists that have none: the title, or the address, in small letters and hyphens, numbered where it is taken.</summary>
internal static class StationIds
{
    private const int LengthMax = 100;

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
        foreach (var character in text.Normalize(NormalizationForm.FormD))
        {
            if (slug.Length == LengthMax)
                break;
            if (char.IsAsciiLetterOrDigit(character))
                slug.Append(char.ToLowerInvariant(character));
            else if (slug.Length > 0 && slug[^1] != '-' && char.GetUnicodeCategory(character) != System.Globalization.UnicodeCategory.NonSpacingMark)
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
