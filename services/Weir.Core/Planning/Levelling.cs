namespace Weir.Core.Planning;

/// <summary>When a plan holds voluntary moves. Placements, drains and pins are planned whatever it says.</summary>
public enum Levelling : byte
{
    /// <summary>Always go to the inner band. What a person who asks for a plan wants.</summary>
    Always,

    /// <summary>Only when a worker is outside the outer band, or a trigger fires; then go to the inner band. What a loop wants.</summary>
    OutsideOuterBand,

    /// <summary>Never: an emergency or recovery mode.</summary>
    Never,
}
