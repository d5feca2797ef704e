namespace Weir.Contracts;

/// <summary>Cuts a long list into the parts of one request: as many in a part as are allowed, and as fit.</summary>
internal static class NumberedParts
{
    // Room for the envelope and the fields round the list.
    private const int BytesMax = MessageLimits.SentBytesMax - (8 * 1024);

    /// <param name="items">The list, in any order; at least one.</param>
    /// <param name="bytes">How many bytes one of them takes as JSON.</param>
    /// <exception cref="ArgumentException">There are none, or they need more than <see cref="MessageLimits.PartsMax"/> parts.</exception>
    internal static IReadOnlyList<IReadOnlyList<T>> Of<T>(IEnumerable<T> items, Func<T, int> bytes)
    {
        ArgumentNullException.ThrowIfNull(items);
        var parts = new List<List<T>>();
        var room = 0;
        foreach (var item in items)
        {
            var size = bytes(item) + 1;
            if (parts.Count == 0 || parts[^1].Count == MessageLimits.StreamsMax || size > room)
            {
                parts.Add([]);
                room = BytesMax;
            }

            parts[^1].Add(item);
            room -= size;
        }

        return parts.Count is > 0 and <= MessageLimits.PartsMax
            ? parts
            : throw new ArgumentException($"A request has 1 to {MessageLimits.PartsMax} parts, and these streams need {parts.Count}: ask for them in several requests", nameof(items));
    }
}
