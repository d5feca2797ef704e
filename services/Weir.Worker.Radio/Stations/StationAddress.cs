using System.Diagnostics.CodeAnalysis;

namespace Weir.Worker.Radio.Stations;

/// <summary>Which addresses can be a station's at all.</summary>
internal static class StationAddress
{
    // A definition may have 4 KB, and a character three bytes.
    private const int LengthMax = 1_300;

    /// <summary>Takes an address; else says in words what is wrong with it.</summary>
    internal static bool TryRead(string? text, [NotNullWhen(true)] out Uri? address, out string fault)
    {
        (address, fault) = (null, "");
        if (string.IsNullOrWhiteSpace(text))
            fault = "a station needs an address such as http://radio.example/live";
        else if (text.Length > LengthMax)
            fault = $"an address of {text.Length} characters is too long: {LengthMax} at most";
        else if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var read))
            fault = $"'{Shown(text)}' is no address: give one such as http://radio.example/live";
        else if (Refusal(read) is { } why)
            fault = why;
        else
            address = read;
        return address is not null;
    }

    /// <summary>Why an address is not asked; null where it may be.</summary>
    internal static string? Refusal(Uri address)
    {
        if (address.Scheme is not ("http" or "https"))
            return $"'{Shown(address.OriginalString)}' is not listened to: only http and https are";
        if (address.UserInfo.Length > 0)
            return $"the address at {address.Host} holds a user name; addresses stand in logs and tables, so none may hold credentials";
        return address.Host.Length == 0 ? $"'{Shown(address.OriginalString)}' names no host" : null;
    }

    /// <summary>An address as it may stand in a log: short, and without what follows a question mark.</summary>
    internal static string Shown(Uri address) => Shown(address.GetLeftPart(UriPartial.Path));

    private static string Shown(string text) => Tuning.Quote.Of(text);
}
