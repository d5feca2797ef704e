using System.Collections.Concurrent;

namespace Weir.Outbox.Delivery;

/// <summary>Addresses read before: nearly all rows name the same few.</summary>
internal sealed class KnownAddresses
{
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, Uri> _known = new(StringComparer.Ordinal);

    /// <returns>Null where the text is no absolute address.</returns>
    public Uri? Find(string? text)
    {
        if (text is null) return null;
        if (_known.TryGetValue(text, out var known)) return known;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)) return null;

        if (_known.Count >= Most) _known.Clear();
        _known[text] = address;
        return address;
    }
}
