namespace Weir.Checker;

/// <summary>One owner's ticks without a pause.</summary>
internal sealed class Spell(string owner, long from)
{
    internal string Owner => owner;

    internal long From { get; } = from;

    internal long Last { get; set; } = from;
}
