namespace Weir.Core.Planning;

/// <summary>Sorts items by 32-bit keys, equal keys in the order they came: three passes of 11 bits, because a fleet's join may sort a million.</summary>
internal static class LevelSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;
    private const int SmallMax = 1024;

    internal static void Sort(uint[] keys, int[] items)
    {
        if (keys.Length <= SmallMax)
        {
            SortFew(keys, items);
            return;
        }

        var otherKeys = new uint[keys.Length];
        var otherItems = new int[keys.Length];
        Pass(keys, items, otherKeys, otherItems, 0);
        Pass(otherKeys, otherItems, keys, items, Bits);
        Pass(keys, items, otherKeys, otherItems, 2 * Bits);
        otherItems.CopyTo(items, 0);
    }

    private static void SortFew(uint[] keys, int[] items)
    {
        var places = new ulong[keys.Length];
        for (var i = 0; i < keys.Length; i++)
            places[i] = (ulong)keys[i] << 32 | (uint)i;
        Array.Sort(places);
        var sorted = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
            sorted[i] = items[(int)(places[i] & uint.MaxValue)];
        sorted.CopyTo(items, 0);
    }

    private static void Pass(uint[] keys, int[] items, uint[] toKeys, int[] toItems, int shift)
    {
        unchecked
        {
            Span<int> starts = stackalloc int[Buckets];
            starts.Clear();
            foreach (var key in keys)
                starts[(int)(key >> shift & (Buckets - 1))]++;
            var sum = 0;
            for (var b = 0; b < Buckets; b++)
                (starts[b], sum) = (sum, sum + starts[b]);
            for (var i = 0; i < keys.Length; i++)
            {
                var to = starts[(int)(keys[i] >> shift & (Buckets - 1))]++;
                toKeys[to] = keys[i];
                toItems[to] = items[i];
            }
        }
    }
}
