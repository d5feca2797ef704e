namespace Weir.Cli.Dev.Showing;

/// <summary>What a piece of the picture means; the terminal's colour follows. Never the only sign: words or shapes say the same.</summary>
internal enum Ink
{
    /// <summary>As the terminal writes.</summary>
    Plain,

    /// <summary>Stands back.</summary>
    Faint,

    /// <summary>Stands out.</summary>
    Strong,

    /// <summary>How full a worker is.</summary>
    Water,

    /// <summary>Is well.</summary>
    Good,

    /// <summary>On its way.</summary>
    Moving,

    /// <summary>To be looked at.</summary>
    Warning,

    /// <summary>Is lost.</summary>
    Bad,
}
